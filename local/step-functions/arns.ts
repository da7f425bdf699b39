import { AwsError } from '../aws/api';

const ARN = /^arn:aws[a-z-]*:states:[a-z0-9-]+:\d{12}:([^:]+):([^:]+(?::[^:]+)*)$/;

/**
 * Checks that an ARN is one of Step Functions, and of the kind that an action takes.
 *
 * @param kind `stateMachine`, or `execution` for executions of Standard state machines. Actions on executions do not
 * take those of Express state machines (`express`).
 * @throws AwsError InvalidArn
 * @see https://docs.aws.amazon.com/step-functions/latest/apireference/API_DescribeExecution.html
 */
export function assertArn(value: unknown, kind: 'stateMachine' | 'execution'): void {
  const [, actual] = ARN.exec(String(value)) ?? [];
  if (actual === kind) return;
  const reason =
    actual === undefined
      ? `not an ARN of Step Functions: ${value}`
      : `Resource type not valid in this context: ${actual}`;
  throw new AwsError('InvalidArn', `Invalid Arn: '${reason}'`);
}

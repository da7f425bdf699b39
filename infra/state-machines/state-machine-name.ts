import { Names } from 'aws-cdk-lib';
import type { Construct } from 'constructs';

/**
 * The name of a state machine, at most 80 characters long.
 *
 * With a customer managed key it has to be known, because CDK's policy for the key contains the machine's
 * ARN. It is the same without a key: a change of the name would replace the machine.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-stepfunctions-statemachine.html
 */
export function stateMachineName(scope: Construct, id: string): string {
  return `${Names.uniqueResourceName(scope, { maxLength: 80 - id.length - 1 })}-${id}`;
}

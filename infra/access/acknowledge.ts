import { Validations } from 'aws-cdk-lib';
import type { StateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import type { IConstruct } from 'constructs';

/**
 * Tells cdk-nag why one of its AwsSolutions rules does not apply to a construct.
 *
 * Earlier versions of the CDK have no place for that.
 */
export function acknowledge(construct: IConstruct, rule: string, reason: string): void {
  const validations: typeof Validations | undefined = Validations;
  validations?.of(construct).acknowledge({ id: `AwsSolutions::AwsSolutions-${rule}`, reason });
}

/** Tells cdk-nag why the role of a state machine has statements for every resource, and what was turned off. */
export function acknowledgeLogging(stateMachine: StateMachine, tracing: boolean): void {
  if (!tracing) acknowledge(stateMachine, 'SF2', 'The application has turned tracing off.');
  acknowledge(
    stateMachine.role,
    'IAM5[Resource::*]',
    'X-Ray and log delivery have no resources that a policy could name.',
  );
}

import { Validations } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';

/** Tells cdk-nag why one of its AwsSolutions rules does not apply to a construct. */
export function acknowledge(construct: IConstruct, rule: string, reason: string): void {
  Validations.of(construct).acknowledge({ id: `AwsSolutions::AwsSolutions-${rule}`, reason });
}

/** Tells cdk-nag why the role of a state machine has statements for every resource. */
export function acknowledgeLogging(role: IConstruct): void {
  acknowledge(
    role,
    'IAM5[Resource::*]',
    'X-Ray and log delivery have no resources that a policy could name.',
  );
}

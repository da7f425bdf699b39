import { Validations } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';

/** Says to cdk-nag's AwsSolutions rules why one of them does not hold for a construct. */
export function acknowledge(construct: IConstruct, rule: string, reason: string): void {
  Validations.of(construct).acknowledge({ id: `AwsSolutions::AwsSolutions-${rule}`, reason });
}

/** Says why the role of a state machine has statements on every resource. */
export function acknowledgeLogging(role: IConstruct): void {
  acknowledge(
    role,
    'IAM5[Resource::*]',
    'X-Ray and log delivery have no resources that a policy could name.',
  );
}

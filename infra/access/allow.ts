import { PolicyStatement } from 'aws-cdk-lib/aws-iam';

/** A statement that allows actions on one resource. */
export function allow(actions: string | string[], resourceArn: string): PolicyStatement {
  return new PolicyStatement({ actions: [actions].flat(), resources: [resourceArn] });
}

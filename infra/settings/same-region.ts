import { Arn, ArnFormat, Stack, Token } from 'aws-cdk-lib';
import type { Construct } from 'constructs';

/**
 * The functions call the services of their own region.
 *
 * @throws Error for a resource that is known to be of another one.
 */
export function assertSameRegion(scope: Construct, prop: string, arn: string): void {
  const { region } = Stack.of(scope);
  if (Token.isUnresolved(region) || Token.isUnresolved(arn)) return;
  const actual = Arn.split(arn, ArnFormat.SLASH_RESOURCE_NAME).region;
  if (region !== actual) throw new Error(`${prop} must be of the stack's region ${region}, got: ${arn}`);
}

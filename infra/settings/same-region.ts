import { Arn, ArnFormat, Stack, Token } from 'aws-cdk-lib';
import type { Construct } from 'constructs';

/**
 * Checks a resource's region, because the functions call only the services of their own region.
 *
 * @throws Error for a resource that is known to be in another region.
 */
export function assertSameRegion(scope: Construct, prop: string, arn: string): void {
  const { region } = Stack.of(scope);
  if (Token.isUnresolved(region) || Token.isUnresolved(arn)) return;
  const actual = Arn.split(arn, ArnFormat.SLASH_RESOURCE_NAME).region;
  if (region !== actual) throw new Error(`${prop} must be in the stack's region ${region}, got: ${arn}`);
}

import { type IResource, Stack, Token } from 'aws-cdk-lib';
import type { Construct } from 'constructs';

type Part = 'region' | 'account';

/** A resource that was given to the onboarding, by the name of its prop. */
export interface GivenResource {
  readonly prop: string;
  readonly resource: IResource;
  readonly arn: string;
}

/**
 * Checks the region and the account of a resource that the functions use: they call only the services of
 * their own.
 *
 * @throws Error for a resource that is known to be in another region or account.
 */
export function assertSameEnvironment(scope: Construct, given: GivenResource): void {
  assertSameRegion(scope, given);
  assertSame(scope, given, 'account');
}

/** @throws Error for a resource that is known to be in another region. */
export function assertSameRegion(scope: Construct, given: GivenResource): void {
  assertSame(scope, given, 'region');
}

function assertSame(scope: Construct, given: GivenResource, part: Part): void {
  const expected = Stack.of(scope)[part];
  const actual = partOf(given, part);
  if (Token.isUnresolved(expected) || Token.isUnresolved(actual) || expected === actual) return;
  const { prop, resource, arn } = given;
  const name = Token.isUnresolved(arn) ? `${resource.node.path} in ${actual}` : arn;
  throw new Error(`${prop} must be in the stack's ${part} ${expected}, got: ${name}`);
}

/** The ARN's own, since a resource that is imported by its ARN may have the environment of its stack. */
function partOf({ resource, arn }: GivenResource, part: Part): string {
  return arn.split(':')[part === 'region' ? 3 : 4] || resource.env[part];
}

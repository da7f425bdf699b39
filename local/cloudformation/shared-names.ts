import type { ResourceType } from '../aws/resource-type';
import type { App } from './app';
import { Failures } from './failures';
import type { Stack } from './stack';
import { StackResource } from './stack-resource';

/** Two stacks, and the first resource of one that is also in the other. */
interface Clash {
  readonly stacks: readonly [Stack, Stack];
  readonly shared: string;
}

/**
 * The local cloud tells most resources apart by their names alone, in all accounts and regions.
 *
 * @throws Error that names the stacks that share a name, and how to choose one.
 */
export function assertNoSharedNames(app: App, typeOf: (type: string) => ResourceType<never>): void {
  const owners = new Map<string, Stack>();
  const clashes = new Map<string, Clash>();
  for (const stack of app.withNested()) {
    for (const shared of namesIn(stack, typeOf)) {
      const owner = owners.get(shared) ?? stack;
      owners.set(shared, owner);
      const pair = `${owner.label} ${stack.label}`;
      if (owner !== stack && !clashes.has(pair)) clashes.set(pair, { stacks: [owner, stack], shared });
    }
  }
  const failures = new Failures();
  for (const clash of clashes.values()) failures.add(errorOf(clash));
  if (failures.count > 0) throw failures.toError();
}

function namesIn(stack: Stack, typeOf: (type: string) => ResourceType<never>): string[] {
  return stack.values
    .logicalIds()
    .map((logicalId) => new StackResource(stack, logicalId))
    .filter(({ type }) => typeOf(type).create || type === 'AWS::IAM::Role')
    .flatMap(nameOf);
}

/** One that cannot be named yet has none: its creation tells why. A group has a name in its user pool. */
function nameOf(resource: StackResource): string[] {
  try {
    const { UserPoolId = '' } = resource.described.Properties ?? {};
    const pool = resource.stack.values.resolve(UserPoolId);
    return [`${resource.type} ${resource.ref}${pool && ` of ${pool}`}`];
  } catch {
    return [];
  }
}

function errorOf({ stacks: [first, second], shared }: Clash): Error {
  const paths = [first, second].map(({ artifact }) => artifact.displayName);
  return new Error(
    `the stacks ${paths.join(' and ')} both have the ${shared}, and the local cloud has one of a name: ` +
      `choose a stack with --stack ${paths.join(' or --stack ')}`,
  );
}

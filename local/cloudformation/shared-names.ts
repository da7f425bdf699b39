import type { ResourceType } from '../aws/resource-type';
import type { App } from './app';
import { Failures } from './failures';
import { StackResource } from './stack-resource';

/** Two resources that the local cloud cannot tell apart. */
interface Clash {
  readonly first: StackResource;
  readonly second: StackResource;
  /** Such as `AWS::SQS::Queue orders`. */
  readonly shared: string;
}

/**
 * The local cloud tells most resources apart by their names alone, in all accounts and regions.
 *
 * @throws Error that names the resources that share a name, and what to do.
 */
export function assertNoSharedNames(app: App, typeOf: (type: string) => ResourceType<never>): void {
  const owners = new Map<string, StackResource>();
  const clashes = new Map<string, Clash>();
  for (const second of namedIn(app, typeOf)) {
    for (const shared of nameOf(second)) {
      const first = owners.get(shared);
      // In one stack, what gets its id from another resource, such as a version, may be there twice.
      const isNamed = typeOf(second.type).nameProperty !== undefined;
      if (!first) owners.set(shared, second);
      else if (first.stack === second.stack && !isNamed) continue;
      else if (!clashes.has(pairOf(first, second)))
        clashes.set(pairOf(first, second), { first, second, shared });
    }
  }
  const failures = new Failures();
  for (const clash of clashes.values()) failures.add(errorOf(clash));
  if (failures.count > 0) throw failures.toError();
}

function namedIn(app: App, typeOf: (type: string) => ResourceType<never>): StackResource[] {
  return app
    .withNested()
    .flatMap((stack) => stack.values.logicalIds().map((logicalId) => new StackResource(stack, logicalId)))
    .filter(({ type }) => typeOf(type).create || type === 'AWS::IAM::Role');
}

/** Of two stacks, one clash is enough. */
function pairOf(first: StackResource, second: StackResource): string {
  return first.stack === second.stack
    ? `${first.path} ${second.path}`
    : `${first.stack.label} ${second.stack.label}`;
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

function errorOf({ first, second, shared }: Clash): Error {
  if (first.stack === second.stack)
    return new Error(`${first.path} and ${second.path} are both the ${shared}: name one differently`);
  const paths = [first, second].map(({ stack }) => stack.artifact.displayName);
  return new Error(
    `the stacks ${paths.join(' and ')} both have the ${shared}, and the local cloud has one of a name: ` +
      `choose a stack with --stack ${paths.join(' or --stack ')}`,
  );
}

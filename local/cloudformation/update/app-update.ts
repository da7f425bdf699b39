import { isDeepStrictEqual } from 'node:util';
import type { ResourceType } from '../../aws/resource-type';
import type { App } from '../app';
import { createCustomResource } from '../custom-resource-creation';
import { inDependencyOrder } from '../dependencies';
import type { Deployment } from '../deployment';
import { PropertyCheck } from '../property-check';
import { NESTED_STACK, type Stack } from '../stack';
import { isCustomResource, StackResource } from '../stack-resource';

/** What an update did, in names such as `Shop/OnboardingStateMachine`. */
export interface AppUpdate {
  /** What was swapped, created or deleted. */
  readonly changed: string[];
  /** What stays as it was created, although the app has changed it. */
  readonly kept: string[];
  /** What is new and does nothing here, such as `Shop/Bucket` or `TimeToLiveSpecification of Shop/Table`. */
  readonly notPlayed: string[];
  /** What could not be changed, and why. */
  readonly errors: string[];
}

/**
 * Takes on another version of a running app. What holds data stays: users, queues, tables.
 *
 * Errors do not stop it: the rest is still taken on.
 */
export async function updateApp<Services>(deployment: Deployment<Services>, next: App): Promise<AppUpdate> {
  const update: AppUpdate = { changed: [], kept: [], notPlayed: [], errors: [] };
  const before = new Map(deployment.app.withNested().map((stack) => [stack.label, stack]));
  const stacks = next.withNested();
  for (const stack of stacks) keepCustomResources(before.get(stack.label), stack, deployment.target.typeOf);
  for (const stack of stacks) {
    for (const logicalId of inDependencyOrder(stack.template, stack.values.logicalIds())) {
      const resource = new StackResource(stack, logicalId);
      const previous = previousOf(before.get(stack.label), logicalId);
      await noting(update, resource, () => updateResource(deployment, update, resource, previous));
    }
  }
  for (const stack of [...before.values()].toReversed())
    await deleteRemoved(
      deployment,
      update,
      stack,
      stacks.find(({ label }) => label === stack.label),
    );
  deployment.continueWith(next);
  return update;
}

/** Their identities came from their functions, which are not asked again. */
function keepCustomResources(
  before: Stack | undefined,
  stack: Stack,
  typeOf: (type: string) => ResourceType<never>,
): void {
  for (const logicalId of stack.values.logicalIds()) {
    const { type } = new StackResource(stack, logicalId);
    if (!isCustomResource(type) || typeOf(type).isInert) continue;
    if (before && previousOf(before, logicalId))
      stack.values.identify(logicalId, before.values.identityOf(logicalId));
  }
}

function previousOf(stack: Stack | undefined, logicalId: string): StackResource | undefined {
  return stack?.values.logicalIds().includes(logicalId) ? new StackResource(stack, logicalId) : undefined;
}

async function noting(update: AppUpdate, { path }: StackResource, run: () => Promise<void>): Promise<void> {
  try {
    await run();
  } catch (error) {
    update.errors.push(`${path}: ${(error as Error).message}`);
  }
}

async function updateResource<Services>(
  deployment: Deployment<Services>,
  update: AppUpdate,
  resource: StackResource,
  previous: StackResource | undefined,
): Promise<void> {
  const { typeOf, services } = deployment.target;
  const type = typeOf(resource.type);
  if (resource.type === NESTED_STACK) return;
  new PropertyCheck(typeOf).assertPlayed(resource);
  update.notPlayed.push(...newlyUnplayed(typeOf, resource, previous));
  // One whose creation failed is created by the version that mends it.
  const isThere = previous && deployment.created.has(previous.path);
  const isNew = !isThere || previous.type !== resource.type || previous.ref !== resource.ref;
  if (isCustomResource(resource.type) && !type.isInert) {
    await updateCustomResource(deployment, update, resource, isThere ? previous : undefined);
  } else if (!type.create || type.isInert?.(resource.properties() as never)) {
    return;
  } else if (isNew) {
    if (isThere) await deployment.created.deleteOne(previous.path);
    await deployment.createPlayed(type, resource);
    update.changed.push(resource.path);
  } else if (await hasTakenOn(type, services, resource, previous, update)) {
    update.changed.push(resource.path);
  }
}

/** What the version before did not have. */
function newlyUnplayed(
  typeOf: (type: string) => ResourceType<never>,
  resource: StackResource,
  previous: StackResource | undefined,
): string[] {
  const before = new Set(previous ? unplayedOf(typeOf, previous) : []);
  return unplayedOf(typeOf, resource).filter((one) => !before.has(one));
}

function unplayedOf(typeOf: (type: string) => ResourceType<never>, resource: StackResource): string[] {
  const { create, isInert } = typeOf(resource.type);
  if (isInert?.((create ? resource.properties() : {}) as never)) return [resource.path];
  const leftOut = new PropertyCheck(typeOf).leftOutOf(resource);
  return leftOut.map((path) => `${path} of ${resource.path}`);
}

/** Its function is asked only for one that is new. */
async function updateCustomResource<Services>(
  { target, created }: Deployment<Services>,
  update: AppUpdate,
  resource: StackResource,
  previous: StackResource | undefined,
): Promise<void> {
  if (!previous) {
    if (await createCustomResource(resource, target.customResources, created))
      update.changed.push(resource.path);
  } else if (!isDeepStrictEqual(previous.properties(), resource.properties())) {
    update.kept.push(resource.path);
  }
}

async function hasTakenOn<Services>(
  type: ResourceType<Services>,
  services: Services,
  resource: StackResource,
  previous: StackResource,
  update: AppUpdate,
): Promise<boolean> {
  const hasNewProperties = !isDeepStrictEqual(previous.properties(), resource.properties());
  if (type.update) return type.update(services, resource.toResource(), hasNewProperties);
  if (hasNewProperties) update.kept.push(resource.path);
  return false;
}

async function deleteRemoved<Services>(
  deployment: Deployment<Services>,
  update: AppUpdate,
  before: Stack,
  after: Stack | undefined,
): Promise<void> {
  const left = new Set(after?.values.logicalIds());
  for (const logicalId of inDependencyOrder(before.template, before.values.logicalIds()).toReversed()) {
    const resource = new StackResource(before, logicalId);
    if (left.has(logicalId)) continue;
    await noting(update, resource, async () => {
      if (await deployment.created.deleteOne(resource.path)) update.changed.push(resource.path);
    });
  }
}

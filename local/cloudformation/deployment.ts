import type { ResourceType } from '../aws/resource-type';
import type { App } from './app';
import { CreatedResources } from './created-resources';
import { createCustomResource } from './custom-resource-creation';
import type { CustomResources } from './custom-resources';
import { dependenciesOf, inDependencyOrder } from './dependencies';
import { Failures } from './failures';
import { NotPlayed } from './not-played';
import { PropertyCheck } from './property-check';
import { assertNoSharedNames } from './shared-names';
import { NESTED_STACK, type Stack } from './stack';
import { isCustomResource, StackResource } from './stack-resource';
import { assertNoTransform } from './transforms';

/** The local cloud, as a deployment uses it. */
export interface DeploymentTarget<Services> {
  /** The type of a resource, by its name in templates. */
  readonly typeOf: (type: string) => ResourceType<Services>;
  readonly services: Services;
  readonly customResources: CustomResources;
  /** Whether to refuse what is not played. */
  readonly strict: boolean;
  /** What the services found out that they do not play, such as `not called: trigger CustomEmailSender of …`. */
  readonly servicesNotPlayed: () => readonly string[];
}

/** The stacks of an app in a local cloud. */
export class Deployment<Services> {
  /** What a person who starts the app has to know. */
  readonly notes: string[] = [];
  /** The outputs of each stack, by its label. */
  readonly outputs: Record<string, Record<string, string>> = {};
  readonly created = new CreatedResources();
  private readonly notPlayed = new NotPlayed();
  private readonly failures = new Failures();
  private readonly properties: PropertyCheck;

  constructor(
    public app: App,
    readonly target: DeploymentTarget<Services>,
  ) {
    this.properties = new PropertyCheck(target.typeOf);
  }

  /**
   * Creates the resources of the stacks, each after the ones that it depends on.
   *
   * After a failure, it still tries what does not depend on what failed, so that it finds all failures at once.
   *
   * @throws Error that names the resources that the local cloud could not create. All stacks are then deleted again,
   * as in a rollback by CloudFormation.
   */
  async create(): Promise<void> {
    assertNoSharedNames(this.app, this.target.typeOf);
    for (const refusal of this.properties.refusalsIn(this.app)) this.failures.add(refusal);
    const failed = new Set<string>();
    for (const stack of this.app.stacks) {
      const { id, dependencies } = stack.artifact;
      const isBlocked = dependencies.some((dependency) => failed.has(dependency));
      if (isBlocked || !(await this.createStack(stack))) failed.add(id);
    }
    const notPlayed = this.leftAside();
    if (this.target.strict && notPlayed.length > 0)
      this.failures.add(new Error(`${notPlayed.join('; ')}. Leave out --strict to start without them`));
    if (this.failures.count > 0) await this.created.rollBack(this.failures.toError());
    this.notes.push(...notPlayed);
    this.continueWith(this.app);
  }

  /** What AWS would do and the local cloud does not. */
  private leftAside(): string[] {
    const resources = String(this.notPlayed);
    const { leftOutProperties } = this.properties;
    return [
      ...(resources ? [`not played: ${resources}`] : []),
      ...(leftOutProperties ? [`settings without effect here: ${leftOutProperties}`] : []),
      ...this.target.servicesNotPlayed(),
    ];
  }

  /** Takes the outputs of an app whose resources are there. */
  continueWith(app: App): void {
    this.app = app;
    for (const stack of app.stacks) this.outputs[stack.label] = this.outputsOf(stack);
  }

  /** Deletes the stacks, as {@link CreatedResources.delete} does. */
  async delete(): Promise<void> {
    await this.created.delete();
  }

  /** An output without a value here is left out: nothing else depends on it. */
  private outputsOf(stack: Stack): Record<string, string> {
    const outputs = stack.outputNames().flatMap((name) => {
      try {
        return [[name, String(stack.output(name))]];
      } catch (error) {
        this.notes.push(`the output ${name} of ${stack.label} is left out: ${(error as Error).message}`);
        return [];
      }
    });
    return Object.fromEntries(outputs);
  }

  /** @returns whether all of it was created. */
  private async createStack(stack: Stack, retention?: string): Promise<boolean> {
    const failed = new Set<string>();
    const isCreated = await this.attempt(async () => {
      assertNoTransform(stack.template, stack.name);
      for (const logicalId of inDependencyOrder(stack.template, stack.values.logicalIds())) {
        const resource = new StackResource(stack, logicalId, retention);
        const isBlocked = dependenciesOf(resource.described).some((id) => failed.has(id));
        if (isBlocked || !(await this.attempt(() => this.createResource(resource)))) failed.add(logicalId);
      }
      return failed.size === 0;
    });
    return isCreated;
  }

  /** @returns false after a failure, which is kept. */
  private async attempt(run: () => Promise<boolean>): Promise<boolean> {
    try {
      return await run();
    } catch (error) {
      this.failures.add(error);
      return false;
    }
  }

  /** @returns whether it was created, or nothing had to be. */
  private async createResource(resource: StackResource): Promise<boolean> {
    const { stack, logicalId, type: typeName, deletionPolicy } = resource;
    if (typeName === NESTED_STACK)
      return this.createStack(
        stack.nested(logicalId),
        deletionPolicy === 'Delete' ? undefined : deletionPolicy,
      );
    const type = this.target.typeOf(typeName);
    if (this.properties.refused.has(resource.path)) return false;
    if (isCustomResource(typeName) && !type.isInert) return this.createCustom(resource);
    const isInert = type.isInert?.((type.create ? resource.properties() : {}) as never);
    if (isInert) this.notPlayed.add(typeName);
    else if (type.create) await this.createPlayed(type, resource);
    return true;
  }

  /** Creates a resource of a type that is played. */
  async createPlayed(type: ResourceType<Services>, stackResource: StackResource): Promise<void> {
    const { path, deletionPolicy } = stackResource;
    const { services } = this.target;
    // What a custom resource decides is known only now.
    this.properties.assertPlayed(stackResource);
    const resource = stackResource.toResource();
    this.notes.push(...stackResource.leftOut());
    await type.create?.(services, resource);
    this.created.add({ path, deletionPolicy, delete: () => type.delete?.(services, resource) });
  }

  /** Its function may do anything, so it is not called for a deployment that has failed already. */
  private async createCustom(resource: StackResource): Promise<boolean> {
    if (this.failures.count > 0) return false;
    const isPlayed = await createCustomResource(resource, this.target.customResources, this.created);
    if (!isPlayed) this.notPlayed.add(resource.type);
    return true;
  }
}

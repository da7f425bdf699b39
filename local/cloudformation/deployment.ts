import type { Resource, ResourceTypes } from '../aws/resource-type';
import type { TemplateResource, TemplateValues } from '../aws/template';
import type { CloudAssembly } from './cloud-assembly';
import { CustomResourceError, type CustomResourceProperties, type CustomResources } from './custom-resources';
import { inDependencyOrder } from './dependencies';
import { TemplateResolver } from './template-resolver';

/** A resource that is there, and how it ends. */
interface CreatedResource {
  readonly deletionPolicy?: string;
  readonly delete: () => unknown;
}

/** What a stack is deployed into. */
export interface DeploymentTarget<Services> {
  /** The types that a template may hold. */
  readonly types: ResourceTypes<Services>;
  readonly services: Services;
  readonly customResources: CustomResources;
  /** The gateway's. */
  readonly port: number;
}

/** A stack in a local cloud. */
export class Deployment<Services> {
  /** The stack's outputs. */
  readonly outputs: Record<string, string>;
  /** The values of the stack's template. */
  readonly values: TemplateValues;
  /** In the order in which they were created. */
  private readonly created: CreatedResource[] = [];

  constructor(
    private readonly assembly: CloudAssembly,
    private readonly target: DeploymentTarget<Services>,
  ) {
    const { template, stackName } = assembly;
    this.values = new TemplateResolver(template, stackName, target.types, target.port);
    const outputs = Object.entries(template.Outputs ?? {});
    this.outputs = Object.fromEntries(
      outputs.map(([name, { Value }]) => [name, String(this.values.resolve(Value))]),
    );
  }

  /**
   * Creates what the template describes, each resource after those that it depends on.
   *
   * @throws Error naming a resource that the local cloud does not know, or that could not be created. Everything is
   * then deleted again, as CloudFormation does when it rolls back.
   */
  async create(): Promise<void> {
    const { template } = this.assembly;
    try {
      this.assertKnown();
      for (const logicalId of inDependencyOrder(template)) {
        await this.createResource(logicalId, template.Resources[logicalId] as TemplateResource);
      }
    } catch (error) {
      await this.delete({ isRollback: true }).catch((left) => {
        throw new Error(`${message(error)}; then the rollback failed: ${message(left)}`);
      });
      throw error;
    }
  }

  /**
   * Deletes the resources in the opposite order, but for those that the template retains.
   *
   * @param isRollback whether the stack could not be created, so that even `RetainExceptOnCreate` does not retain.
   * @throws Error with the reason of a resource that could not be deleted: what is left then stays, and this can be
   * called again.
   */
  async delete({ isRollback = false } = {}): Promise<void> {
    const retaining = isRollback ? ['Retain'] : ['Retain', 'RetainExceptOnCreate'];
    for (const resource of this.created.toReversed()) {
      if (!retaining.includes(resource.deletionPolicy ?? 'Delete')) await resource.delete();
      this.created.pop();
    }
  }

  private assertKnown(): void {
    for (const [logicalId, { Type }] of Object.entries(this.assembly.template.Resources)) {
      if (Type in this.target.types || isCustomResource(Type)) continue;
      throw new Error(`the local cloud does not know the resource ${logicalId} of type ${Type}`);
    }
  }

  private async createResource(logicalId: string, described: TemplateResource): Promise<void> {
    if (isCustomResource(described.Type)) return this.createCustomResource(logicalId, described);
    const type = this.target.types[described.Type];
    if (!type?.create) return;
    const { services } = this.target;
    const resource: Resource = {
      ref: this.values.identityOf(logicalId).ref,
      properties: this.values.resolve(described.Properties ?? {}) as never,
      assetDirectory: (s3Key) => this.assembly.assetDirectory(s3Key),
    };
    await type.create(services, resource);
    this.created.push({
      deletionPolicy: described.DeletionPolicy,
      delete: () => type.delete?.(services, resource),
    });
  }

  private async createCustomResource(logicalId: string, described: TemplateResource): Promise<void> {
    const { customResources } = this.target;
    const properties = this.values.resolve(described.Properties) as CustomResourceProperties;
    const resource = { stackName: this.assembly.stackName, logicalId, type: described.Type, properties };
    const remember = (physicalId: string) =>
      this.created.push({
        deletionPolicy: described.DeletionPolicy,
        delete: () => customResources.request({ requestType: 'Delete', ...resource, physicalId }),
      });
    try {
      remember(await customResources.request({ requestType: 'Create', ...resource }));
    } catch (error) {
      // CloudFormation deletes what failed, too: something of it may be there.
      if (error instanceof CustomResourceError) remember(error.physicalId);
      throw error;
    }
  }
}

/** Whether a function answers for a resource of this type, instead of CloudFormation. */
function isCustomResource(type: string): boolean {
  return type === 'AWS::CloudFormation::CustomResource' || type.startsWith('Custom::');
}

function message(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

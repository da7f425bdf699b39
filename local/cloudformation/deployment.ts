import type { Resource, ResourceTypes } from '../aws/resource-type';
import type { TemplateResource, TemplateValues } from '../aws/template';
import type { CloudAssembly } from './cloud-assembly';
import { CustomResourceError, type CustomResourceProperties, type CustomResources } from './custom-resources';
import { inDependencyOrder } from './dependencies';
import { TemplateResolver } from './template-resolver';

/** A resource that was created, and how to delete it. */
interface CreatedResource {
  readonly deletionPolicy?: string;
  readonly delete: () => unknown;
}

/** The local cloud, as a deployment uses it. */
export interface DeploymentTarget<Services> {
  /** The types that a template may hold. */
  readonly types: ResourceTypes<Services>;
  readonly services: Services;
  readonly customResources: CustomResources;
  /** The gateway's port. */
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
   * Creates the resources of the template, each after the ones that it depends on.
   *
   * @throws Error that names a resource that the local cloud does not know or could not create. Everything is
   * then deleted again, as in a rollback by CloudFormation.
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
   * Deletes the resources in the opposite order, except those that the template retains.
   *
   * @param isRollback whether the creation of the stack failed: `RetainExceptOnCreate` then does not retain.
   * @throws Error with the reason why a resource could not be deleted. The remaining resources then stay, and
   * this can be called again.
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
      // CloudFormation also deletes a failed resource: parts of it may exist.
      if (error instanceof CustomResourceError) remember(error.physicalId);
      throw error;
    }
  }
}

/** Whether a function, not CloudFormation, creates the resources of this type. */
function isCustomResource(type: string): boolean {
  return type === 'AWS::CloudFormation::CustomResource' || type.startsWith('Custom::');
}

function message(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

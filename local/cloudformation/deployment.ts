import { deprovision } from '../deprovision';
import { isCustomResource, provision } from '../provision';
import type { Services } from '../services';
import type { CloudAssembly, Template } from './cloud-assembly';
import { CustomResourceError, type CustomResourceProperties } from './custom-resources';
import { TemplateResolver } from './template-resolver';

interface CreatedCustomResource {
  readonly stackName: string;
  readonly logicalId: string;
  readonly type: string;
  readonly properties: CustomResourceProperties;
  readonly physicalId: string;
}

/** A stack in a local cloud. */
export class Deployment {
  /** The stack's outputs. */
  readonly outputs: Record<string, string>;
  private readonly resolver: TemplateResolver;
  /** Logical ids of all but the custom resources. */
  private readonly created = new Set<string>();
  /** In the order in which they were created. */
  private readonly customResources: CreatedCustomResource[] = [];

  /** @param port the gateway's. */
  constructor(
    private readonly assembly: CloudAssembly,
    private readonly services: Services,
    port: number,
  ) {
    this.resolver = new TemplateResolver(assembly.template, assembly.stackName, port);
    const outputs = Object.entries(assembly.template.Outputs ?? {});
    this.outputs = Object.fromEntries(
      outputs.map(([name, { Value }]) => [name, String(this.resolver.resolve(Value))]),
    );
  }

  /**
   * Creates what the template describes; the custom resources come last, when all that they may call is there.
   *
   * @throws Error naming a resource that the local cloud does not know, or that could not be created. Everything is
   * then deleted again, as CloudFormation does when it rolls back.
   */
  async create(): Promise<void> {
    const { assembly, services, resolver } = this;
    try {
      await provision(assembly, resolver, services, this.created);
      for (const mapping of services.eventSourceMappings) mapping.start();
      for (const [logicalId, { Type, Properties }] of Object.entries(assembly.template.Resources)) {
        if (isCustomResource(Type)) await this.createCustomResource(logicalId, Type, Properties);
      }
    } catch (error) {
      await this.delete({ isRollback: true }).catch((left) => {
        throw new Error(`${message(error)}; then the rollback failed: ${message(left)}`);
      });
      throw error;
    }
  }

  /** Takes over what another version of the template says about access, in roles, policies and permissions. */
  updateAccess(template: Template): void {
    this.services.iam.load(template, this.resolver);
  }

  /**
   * Deletes the custom resources, and then what the template does not retain.
   *
   * @throws Error with the reason of a resource that could not be deleted: what is left then stays, and this can be
   * called again.
   */
  async delete({ isRollback = false } = {}): Promise<void> {
    await this.deleteCustomResources();
    await deprovision(this.assembly, this.resolver, this.services, this.created, isRollback);
  }

  private async createCustomResource(logicalId: string, type: string, described: unknown): Promise<void> {
    const properties = this.resolver.resolve(described) as CustomResourceProperties;
    const resource = { stackName: this.assembly.stackName, logicalId, type, properties };
    try {
      const physicalId = await this.services.customResources.request({ requestType: 'Create', ...resource });
      this.customResources.push({ ...resource, physicalId });
    } catch (error) {
      // CloudFormation deletes what failed, too: something of it may be there.
      if (error instanceof CustomResourceError)
        this.customResources.push({ ...resource, physicalId: error.physicalId });
      throw error;
    }
  }

  private async deleteCustomResources(): Promise<void> {
    for (const resource of this.customResources.toReversed()) {
      await this.services.customResources.request({ requestType: 'Delete', ...resource });
      this.customResources.pop();
    }
  }
}

function message(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

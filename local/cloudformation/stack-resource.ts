import type { TemplateResource } from '../aws/template';
import type { Stack } from './stack';

/** A resource of a stack that is to be created. */
export class StackResource {
  readonly type: string;
  readonly deletionPolicy?: string;

  /** @param retention the policy of a stack around this one that is retained. */
  constructor(
    readonly stack: Stack,
    readonly logicalId: string,
    retention?: string,
  ) {
    this.type = this.described.Type;
    this.deletionPolicy = retention ?? this.described.DeletionPolicy;
  }

  get described(): TemplateResource {
    return this.stack.template.Resources[this.logicalId] as TemplateResource;
  }

  /**
   * The properties with every intrinsic function replaced.
   *
   * @throws Error with the resource's logical id.
   */
  properties(): Record<string, unknown> {
    try {
      return this.stack.values.resolve(this.described.Properties ?? {}) as Record<string, unknown>;
    } catch (error) {
      throw new Error(`${this.logicalId}: ${(error as Error).message}`);
    }
  }
}

/** Whether a function, not CloudFormation, creates the resources of this type. */
export function isCustomResource(type: string): boolean {
  return type === 'AWS::CloudFormation::CustomResource' || type.startsWith('Custom::');
}

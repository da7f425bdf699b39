import type { Resource } from '../aws/resource-type';
import type { TemplateResource } from '../aws/template';
import { withoutUnknown } from './left-out';
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

  /** Such as `Shop/Table`. */
  get path(): string {
    return `${this.stack.label}/${this.logicalId}`;
  }

  get ref(): string {
    return String(this.stack.values.identityOf(this.logicalId).ref);
  }

  get described(): TemplateResource {
    return this.stack.template.Resources[this.logicalId] as TemplateResource;
  }

  /** As the types of resources see it. */
  toResource(): Resource {
    const { artifact, values } = this.stack;
    const { attributes } = values.identityOf(this.logicalId);
    return {
      ref: this.ref,
      arn: String(attributes.Arn ?? ''),
      environment: artifact.environment,
      properties: this.properties() as never,
      assetPath: (s3Key) => artifact.assetPath(s3Key),
    };
  }

  /** What a person has to know about members whose value only AWS knows. */
  leftOut(): string[] {
    const notes: string[] = [];
    const { Properties = {} } = this.described;
    withoutUnknown(this.type, Properties, this.stack.values, (name, reason) => {
      notes.push(`${name} of ${this.path} is left out: ${reason}`);
    });
    return notes;
  }

  /**
   * The properties with every intrinsic function replaced.
   *
   * @throws Error with the resource's logical id.
   */
  properties(): Record<string, unknown> {
    const { Properties = {} } = this.described;
    const { values } = this.stack;
    try {
      return values.resolve(withoutUnknown(this.type, Properties, values)) as Record<string, unknown>;
    } catch (error) {
      throw new Error(`${this.logicalId}: ${(error as Error).message}`);
    }
  }
}

/** Whether a function, not CloudFormation, creates the resources of this type. */
export function isCustomResource(type: string): boolean {
  return type === 'AWS::CloudFormation::CustomResource' || type.startsWith('Custom::');
}

/** A resource of a CloudFormation template. */
export interface TemplateResource {
  readonly Type: string;
  readonly Properties?: Record<string, unknown>;
  readonly DeletionPolicy?: string;
  readonly DependsOn?: string | readonly string[];
}

/** The parts of a CloudFormation template that the local cloud reads. */
export interface Template {
  readonly Resources: Record<string, TemplateResource>;
  readonly Outputs?: Record<string, { readonly Value: unknown }>;
}

/** The values of `Ref` and `Fn::GetAtt` for a resource. */
export interface ResourceIdentity {
  readonly ref: string;
  readonly attributes: Record<string, string>;
}

/** Reads the values of a template. Its intrinsic functions need to know the stack. */
export interface TemplateValues {
  /** The value with every intrinsic function in it replaced. */
  resolve(value: unknown): unknown;
  /** The values of `Ref` and `Fn::GetAtt` for a resource. */
  identityOf(logicalId: string): ResourceIdentity;
}

/** A resource of a CloudFormation template. */
export interface TemplateResource {
  readonly Type: string;
  /** The name of the condition without which it does not exist. */
  readonly Condition?: string;
  readonly Properties?: Record<string, unknown>;
  readonly DeletionPolicy?: string;
  readonly DependsOn?: string | readonly string[];
}

/** A parameter of a template. */
export interface TemplateParameter {
  readonly Type: string;
  readonly Default?: string | number;
}

/** An output of a template. */
export interface TemplateOutput {
  readonly Value: unknown;
  readonly Condition?: string;
  readonly Export?: { readonly Name: unknown };
}

/** The parts of a CloudFormation template that the local cloud reads. */
export interface Template {
  readonly Transform?: string | readonly string[];
  readonly Parameters?: Record<string, TemplateParameter>;
  readonly Mappings?: Record<string, Record<string, Record<string, unknown>>>;
  readonly Conditions?: Record<string, unknown>;
  readonly Resources: Record<string, TemplateResource>;
  readonly Outputs?: Record<string, TemplateOutput>;
}

/** The values of `Ref` and `Fn::GetAtt` for a resource. */
export interface ResourceIdentity {
  readonly ref: string;
  readonly attributes: Record<string, unknown>;
}

/** Reads the values of a template. Its intrinsic functions need to know the stack. */
export interface TemplateValues {
  /** The value with every intrinsic function in it replaced. */
  resolve(value: unknown): unknown;
  /** The values of `Ref` and `Fn::GetAtt` for a resource. */
  identityOf(logicalId: string): ResourceIdentity;
  /** The ids of the resources whose condition holds. */
  logicalIds(): string[];
}

/** A template with the values of its stack. */
export interface StackTemplate {
  readonly template: Template;
  readonly values: TemplateValues;
}

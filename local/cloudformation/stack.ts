import { arn, type Environment } from '../aws/environment';
import { generatedName, idOf, seedOf } from '../aws/identity';
import type { ResourceType } from '../aws/resource-type';
import type { StackTemplate, Template } from '../aws/template';
import type { StackArtifact } from './stack-artifact';
import { TemplateResolver } from './values/template-resolver';

/** What the stacks of an app share. */
export interface AppContext {
  readonly port: number;
  /** What sets a stack of the app apart from the others. */
  readonly labelOf: (artifact: StackArtifact) => string;
  readonly typeOf: (type: string) => ResourceType<never>;
  readonly importValue: (name: string, environment: Environment) => unknown;
  readonly stored: (parameterName: string, environment: Environment) => unknown;
}

interface NestedIn {
  readonly parent: Stack;
  readonly logicalId: string;
  readonly template: Template;
}

export const NESTED_STACK = 'AWS::CloudFormation::Stack';

/** A stack with its values. They are known before it is deployed, apart from those of custom resources. */
export class Stack implements StackTemplate {
  readonly name: string;
  /** Its name, or its path in the app if another stack has the same name. */
  readonly label: string;
  readonly id: string;
  readonly template: Template;
  readonly values: TemplateResolver;
  private readonly children = new Map<string, Stack>();

  constructor(
    readonly artifact: StackArtifact,
    private readonly app: AppContext,
    private readonly place?: NestedIn,
  ) {
    const { environment, stackName } = artifact;
    this.name = place ? generatedName(place.parent.name, place.logicalId, 128) : stackName;
    this.label = place ? `${place.parent.label}-${place.logicalId}` : app.labelOf(artifact);
    this.template = place?.template ?? artifact.template;
    const uuid = idOf(seedOf({ name: this.name, environment }), 32).replace(
      /^(.{8})(.{4})(.{4})(.{4})/,
      '$1-$2-$3-$4-',
    );
    this.id = arn('cloudformation', `stack/${this.name}/${uuid}`, environment);
    this.values = new TemplateResolver(this.template, {
      stackName: this.name,
      stackId: this.id,
      environment,
      port: app.port,
      typeOf: app.typeOf,
      importValue: (name) => app.importValue(name, environment),
      stored: (parameterName) => app.stored(parameterName, environment),
      passed: (parameter) => this.passed(parameter),
      nestedOutput: (logicalId, output) => this.nested(logicalId).output(output),
    });
  }

  /** The stack that a resource of this one stands for. */
  nested(logicalId: string): Stack {
    const known = this.children.get(logicalId);
    if (known) return known;
    const { TemplateURL } = this.template.Resources[logicalId]?.Properties ?? {};
    const template = this.artifact.nestedTemplate(String(this.values.resolve(TemplateURL)));
    const child = new Stack(this.artifact, this.app, { parent: this, logicalId, template });
    this.children.set(logicalId, child);
    this.values.identify(logicalId, { ref: child.id, attributes: {} });
    return child;
  }

  /** This stack and all that are nested in it. */
  withNested(): Stack[] {
    const ids = this.values.logicalIds().filter((id) => this.template.Resources[id]?.Type === NESTED_STACK);
    return [this, ...ids.flatMap((id) => this.nested(id).withNested())];
  }

  /** @throws Error for an output that the template does not have. */
  output(name: string): unknown {
    const output = this.template.Outputs?.[name];
    if (!output) throw new Error(`the stack ${this.name} has no output ${name}`);
    return this.values.resolve(output.Value);
  }

  /** The names of the outputs whose condition holds. */
  outputNames(): string[] {
    const outputs = Object.entries(this.template.Outputs ?? {});
    return outputs
      .filter(([, { Condition }]) => Condition === undefined || this.values.holds(Condition))
      .map(([name]) => name);
  }

  private passed(parameter: string): unknown {
    if (!this.place) return undefined;
    const { parent, logicalId } = this.place;
    const { Parameters = {} } = parent.template.Resources[logicalId]?.Properties ?? {};
    return parent.values.resolve((Parameters as Record<string, unknown>)[parameter]);
  }
}

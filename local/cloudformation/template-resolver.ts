import { ACCOUNT, REGION } from '../aws/environment';
import type { ResourceTypes } from '../aws/resource-type';
import type { ResourceIdentity, Template, TemplateValues } from '../aws/template';

type Intrinsic = (argument: unknown) => unknown;

/**
 * Resolves the intrinsic functions of a template against the local cloud.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/intrinsic-function-reference.html
 */
export class TemplateResolver implements TemplateValues {
  private readonly pseudoParameters: Record<string, string>;
  private readonly intrinsics: Record<string, Intrinsic> = {
    Ref: (logicalId) => this.ref(String(logicalId)),
    'Fn::GetAtt': (argument) => this.getAtt(argument as string | [string, string]),
    'Fn::Join': (argument) => {
      const [separator, parts] = this.resolve(argument) as [string, string[]];
      return parts.join(separator);
    },
    'Fn::Select': (argument) => {
      const [index, values] = this.resolve(argument) as [number | string, unknown[]];
      return values[Number(index)];
    },
    'Fn::Split': (argument) => {
      const [separator, text] = this.resolve(argument) as [string, string];
      return text.split(separator);
    },
    'Fn::Sub': (argument) => this.sub(argument as string | [string, Record<string, unknown>]),
  };

  constructor(
    private readonly template: Template,
    private readonly stackName: string,
    private readonly types: ResourceTypes<never>,
    private readonly port: number,
  ) {
    this.pseudoParameters = {
      'AWS::AccountId': ACCOUNT,
      'AWS::Region': REGION,
      'AWS::Partition': 'aws',
      'AWS::StackName': stackName,
      'AWS::URLSuffix': 'amazonaws.com',
    };
  }

  /**
   * The value with every intrinsic function in it replaced.
   *
   * @throws Error that names an intrinsic function or a reference that the local cloud does not know.
   */
  resolve(value: unknown): unknown {
    if (Array.isArray(value)) return value.map((item) => this.resolve(item));
    if (typeof value !== 'object' || value === null) return value;
    const entries = Object.entries(value);
    const [key, argument] = entries[0] ?? [];
    if (entries.length === 1 && key && (key === 'Ref' || key.startsWith('Fn::'))) {
      const intrinsic = this.intrinsics[key];
      if (!intrinsic) throw new Error(`the local cloud does not know the intrinsic function ${key}`);
      return intrinsic(argument);
    }
    return Object.fromEntries(entries.map(([name, member]) => [name, this.resolve(member)]));
  }

  /**
   * The name of a resource in the local cloud; it is known before the resource is created.
   *
   * @throws Error for a resource that is not in the template, or a type that cannot be referred to.
   */
  identityOf(logicalId: string): ResourceIdentity {
    const resource = this.template.Resources[logicalId];
    if (!resource) throw new Error(`the template has no resource ${logicalId}`);
    const { nameProperty, identify } = this.types[resource.Type] ?? {};
    if (!identify) throw new Error(`the local cloud cannot refer to ${logicalId}, an ${resource.Type}`);
    const name = nameProperty && this.resolve(resource.Properties?.[nameProperty]);
    return identify({
      name: typeof name === 'string' ? name : `${this.stackName}-${logicalId}`,
      port: this.port,
    });
  }

  private ref(logicalId: string): string {
    return this.pseudoParameters[logicalId] ?? this.identityOf(logicalId).ref;
  }

  private getAtt(argument: string | [string, string]): string {
    const [logicalId, name] =
      typeof argument === 'string' ? (argument.split('.') as [string, string]) : argument;
    const value = this.identityOf(logicalId).attributes[name];
    if (value === undefined)
      throw new Error(`the local cloud does not know the attribute ${logicalId}.${name}`);
    return value;
  }

  private sub(argument: string | [string, Record<string, unknown>]): string {
    const [text, variables] = typeof argument === 'string' ? [argument, {}] : argument;
    return text.replace(/\$\{([^}]+)\}/g, (_, name: string) => {
      if (name.startsWith('!')) return `\${${name.slice(1)}}`;
      if (name in variables) return String(this.resolve(variables[name]));
      return name.includes('.') ? this.getAtt(name) : this.ref(name);
    });
  }
}

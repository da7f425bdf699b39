import type { Environment } from '../../aws/environment';
import type { ResourceType } from '../../aws/resource-type';
import type { ResourceIdentity, Template, TemplateResource, TemplateValues } from '../../aws/template';
import { resolveReferences } from './dynamic-references';
import { INTRINSICS } from './intrinsics';
import { namingOf } from './naming';
import { parameterValue } from './parameters';
import { type Substitution, substitute } from './substitution';

/** What a template cannot know by itself. */
export interface TemplateContext {
  readonly stackName: string;
  readonly stackId: string;
  readonly environment: Environment;
  /** The port of the gateway. */
  readonly port: number;
  /** The type of a resource; it always has an identity. */
  readonly typeOf: (type: string) => ResourceType<never>;
  /** The value of another stack's export. */
  readonly importValue: (name: string) => unknown;
  /** The value that the parameter store has under a name, if the app puts one there. */
  readonly stored: (parameterName: string) => unknown;
  /** The value of a parameter from a stack around this one. */
  readonly passed: (parameter: string) => unknown;
  /** An output of a stack that is nested in this one. */
  readonly nestedOutput: (logicalId: string, output: string) => unknown;
}

type Intrinsic = (argument: never) => unknown;

/** What is left out of the template where it stands. */
const NO_VALUE = Symbol('AWS::NoValue');

/** Resolves the intrinsic functions of a template against the local cloud. */
export class TemplateResolver implements TemplateValues {
  /** The identities that are known only when a resource has been created. */
  private readonly created = new Map<string, ResourceIdentity>();
  private readonly pseudoParameters: Record<string, unknown>;
  /** These get their argument as it is in the template. */
  private readonly intrinsics: Record<string, Intrinsic> = {
    Ref: (name: string) => this.ref(name),
    Condition: (name: string) => this.holds(name),
    'Fn::GetAtt': (argument: string | [string, unknown]) => this.getAtt(argument),
    'Fn::If': ([condition, then, otherwise]: [string, unknown, unknown]) => {
      return this.resolveMember(this.holds(condition) ? then : otherwise);
    },
    'Fn::FindInMap': (argument: unknown[]) => this.findInMap(this.resolve(argument) as string[]),
    'Fn::GetAZs': (region: unknown) => {
      return ['a', 'b', 'c'].map(
        (zone) => `${this.resolve(region) || this.context.environment.region}${zone}`,
      );
    },
    'Fn::ImportValue': (name: unknown) => this.context.importValue(String(this.resolve(name))),
    'Fn::Sub': (argument: Substitution) => substitute(argument, this),
  };

  constructor(
    readonly template: Template,
    private readonly context: TemplateContext,
  ) {
    this.pseudoParameters = {
      'AWS::AccountId': context.environment.account,
      'AWS::NoValue': NO_VALUE,
      'AWS::NotificationARNs': [],
      'AWS::Partition': 'aws',
      'AWS::Region': context.environment.region,
      'AWS::StackId': context.stackId,
      'AWS::StackName': context.stackName,
      'AWS::URLSuffix': 'amazonaws.com',
    };
  }

  /**
   * The value with every intrinsic function in it replaced.
   *
   * @throws Error that names an intrinsic function or a reference that the local cloud does not know.
   */
  resolve(value: unknown): unknown {
    const resolved = this.resolveMember(value);
    return resolved === NO_VALUE ? undefined : resolved;
  }

  /** @throws Error for a condition that the template does not have. */
  holds(condition: string): boolean {
    const { Conditions = {} } = this.template;
    if (!Object.hasOwn(Conditions, condition)) throw new Error(`the template has no condition ${condition}`);
    return this.resolve(Conditions[condition]) === true;
  }

  logicalIds(): string[] {
    const entries = Object.entries(this.template.Resources);
    return entries
      .filter(([, { Condition }]) => Condition === undefined || this.holds(Condition))
      .map(([logicalId]) => logicalId);
  }

  /** Sets an identity that was not known before the resource was created. */
  identify(logicalId: string, identity: ResourceIdentity): void {
    this.created.set(logicalId, identity);
  }

  /**
   * The name of a resource in the local cloud; it is known before the resource is created.
   *
   * @throws Error for a resource that is not in the template, or whose condition does not hold.
   */
  identityOf(logicalId: string): ResourceIdentity {
    const resource = this.resourceOf(logicalId);
    const type = this.context.typeOf(resource.Type);
    const known =
      this.created.get(logicalId) ?? type.identify?.(namingOf(logicalId, resource, type, this.context, this));
    if (known) return known;
    throw new Error(`${logicalId}, a ${resource.Type}, is not known before its function has created it`);
  }

  ref(name: string): unknown {
    if (Object.hasOwn(this.pseudoParameters, name)) return this.pseudoParameters[name];
    const { passed, stored } = this.context;
    const parameter = this.template.Parameters?.[name];
    if (parameter) return parameterValue(name, parameter, passed(name), stored);
    return this.identityOf(name).ref;
  }

  getAtt(argument: string | [string, unknown]): unknown {
    const [logicalId, name] = typeof argument === 'string' ? splitAtDot(argument) : argument;
    const attribute = String(this.resolve(name));
    if (attribute.startsWith('Outputs.'))
      return this.context.nestedOutput(logicalId, attribute.slice('Outputs.'.length));
    const value = this.identityOf(logicalId).attributes[attribute];
    if (value !== undefined) return value;
    const { Type } = this.resourceOf(logicalId);
    throw new Error(`the local cloud does not know the attribute ${logicalId}.${attribute} of a ${Type}`);
  }

  private resolveMember(value: unknown): unknown {
    if (Array.isArray(value))
      return value.map((item) => this.resolveMember(item)).filter((item) => item !== NO_VALUE);
    if (typeof value === 'string') return resolveReferences(value, this.context.stored);
    if (typeof value !== 'object' || value === null) return value;
    const entries = Object.entries(value);
    const [[key, argument] = ['']] = entries;
    if (entries.length === 1 && (key === 'Ref' || key.startsWith('Fn::') || isCondition(key, argument)))
      return this.withoutReferences(this.call(key, argument));
    const members = entries.map(([name, member]) => [name, this.resolveMember(member)]);
    return Object.fromEntries(members.filter(([, member]) => member !== NO_VALUE));
  }

  /** A function may put a dynamic reference together. */
  private withoutReferences(value: unknown): unknown {
    return typeof value === 'string' ? resolveReferences(value, this.context.stored) : value;
  }

  private call(name: string, argument: unknown): unknown {
    const own = this.intrinsics[name];
    if (own) return own(argument as never);
    const intrinsic = INTRINSICS[name];
    if (!intrinsic) throw new Error(`the local cloud does not know the intrinsic function ${name}`);
    return intrinsic(this.resolve(argument) as never);
  }

  private findInMap([map = '', first = '', second = '', options]: (
    | string
    | { DefaultValue?: unknown }
  )[]): unknown {
    const value = this.template.Mappings?.[String(map)]?.[String(first)]?.[String(second)];
    const found = value ?? (options as { DefaultValue?: unknown } | undefined)?.DefaultValue;
    if (found !== undefined) return found;
    throw new Error(`the mapping ${map} has no ${first}.${second}`);
  }

  private resourceOf(logicalId: string): TemplateResource {
    const resource = this.template.Resources[logicalId];
    if (!resource) throw new Error(`the template has no resource ${logicalId}`);
    if (resource.Condition === undefined || this.holds(resource.Condition)) return resource;
    throw new Error(`${logicalId} does not exist, as its condition ${resource.Condition} does not hold`);
  }
}

/** In a policy, `Condition` is an ordinary member, and has an object. */
function isCondition(key: string, argument: unknown): boolean {
  return key === 'Condition' && typeof argument === 'string';
}

function splitAtDot(text: string): [string, string] {
  const dot = text.indexOf('.');
  return [text.slice(0, dot), text.slice(dot + 1)];
}

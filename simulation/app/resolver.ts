import type { Template } from '../../local/aws/template';

const ACCOUNT = '000000000000';
const REGION = 'us-east-1';

const PSEUDO_PARAMETERS: Record<string, string> = {
  'AWS::AccountId': ACCOUNT,
  'AWS::Region': REGION,
  'AWS::Partition': 'aws',
  'AWS::StackName': 'UserOnboarding',
  'AWS::URLSuffix': 'amazonaws.com',
};

type Intrinsic = (argument: unknown) => unknown;

/** The values of a template's references; every resource is named after its logical id. */
export class Resolver {
  private readonly intrinsics: Record<string, Intrinsic> = {
    Ref: (logicalId) => PSEUDO_PARAMETERS[String(logicalId)] ?? this.ref(String(logicalId)),
    'Fn::GetAtt': (argument) => this.attribute(...pairIn(argument)),
    'Fn::Join': (argument) => {
      const [separator, parts] = this.resolve(argument) as [string, string[]];
      return parts.join(separator);
    },
    'Fn::Sub': (text) => this.substitute(text),
    'Fn::Select': (argument) => {
      const [index, values] = this.resolve(argument) as [number | string, unknown[]];
      return values[Number(index)];
    },
    'Fn::Split': (argument) => {
      const [separator, text] = this.resolve(argument) as [string, string];
      return text.split(separator);
    },
  };

  constructor(private readonly template: Template) {}

  /** @throws Error naming an intrinsic function that the simulation does not know. */
  resolve(value: unknown): unknown {
    if (Array.isArray(value)) return value.map((item) => this.resolve(item));
    if (typeof value !== 'object' || value === null) return value;
    const [[key, argument] = [], ...others] = Object.entries(value);
    if (others.length === 0 && (key === 'Ref' || key?.startsWith('Fn::'))) {
      const intrinsic = this.intrinsics[key];
      if (!intrinsic) throw new Error(`the simulation does not know the intrinsic function ${key}`);
      return intrinsic(argument);
    }
    return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, this.resolve(member)]));
  }

  ref(logicalId: string): string {
    const type = this.typeOf(logicalId);
    if (type === 'AWS::SQS::Queue') return `https://sqs.${REGION}.amazonaws.com/${ACCOUNT}/${logicalId}`;
    if (type === 'AWS::StepFunctions::StateMachine') return this.arn(logicalId);
    return logicalId;
  }

  arn(logicalId: string): string {
    const type = this.typeOf(logicalId);
    const [, service = '', resource = ''] = type.split('::');
    if (type === 'AWS::Lambda::Function') return `arn:aws:lambda:${REGION}:${ACCOUNT}:function:${logicalId}`;
    if (type === 'AWS::StepFunctions::StateMachine')
      return `arn:aws:states:${REGION}:${ACCOUNT}:stateMachine:${logicalId}`;
    return `arn:aws:${service.toLowerCase()}:${REGION}:${ACCOUNT}:${resource.toLowerCase()}/${logicalId}`;
  }

  private attribute(logicalId: string, name: string): string {
    if (name === 'Arn') return this.arn(logicalId);
    if (name === 'QueueName' || name === 'Name') return logicalId;
    return `${logicalId}.${name}`;
  }

  /** @throws Error for a form other than a text with references. */
  private substitute(text: unknown): string {
    if (typeof text !== 'string' || /\$\{(!|[^}]*\.)/.test(text))
      throw new Error(`the simulation does not know this form of Fn::Sub: ${JSON.stringify(text)}`);
    return text.replace(/\$\{([^}]+)\}/g, (_, name) => String(this.intrinsics.Ref?.(name)));
  }

  private typeOf(logicalId: string): string {
    const resource = this.template.Resources[logicalId];
    if (!resource) throw new Error(`the template has no resource ${logicalId}`);
    return resource.Type;
  }
}

/** @throws Error for a form of Fn::GetAtt other than a list of a resource and an attribute. */
function pairIn(argument: unknown): [logicalId: string, attribute: string] {
  if (Array.isArray(argument) && argument.length === 2 && argument.every((part) => typeof part === 'string'))
    return argument as [string, string];
  throw new Error(`the simulation does not know this form of Fn::GetAtt: ${JSON.stringify(argument)}`);
}

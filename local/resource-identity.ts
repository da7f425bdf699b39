import { createHash } from 'node:crypto';
import { ACCOUNT, arn, REGION } from './aws/environment';

/** What `Ref` and `Fn::GetAtt` of a resource answer. */
export interface ResourceIdentity {
  readonly ref: string;
  readonly attributes: Record<string, string>;
}

/** What an identity is made of: the name is the one in the template, or `<stack>-<logical id>`. */
interface Naming {
  readonly name: string;
  /** The gateway's. */
  readonly port: number;
}

const DIGITS = '0123456789abcdefghijklmnopqrstuvwxyz';

// The same stack gets the same ids at every start, so that a command pasted yesterday works today.
function idOf(name: string, length: number): string {
  const bytes = createHash('sha256').update(name).digest();
  return Array.from({ length }, (_, i) => DIGITS[(bytes[i % bytes.length] ?? 0) % DIGITS.length]).join('');
}

function named(service: string, resourceType: string, region?: string) {
  return ({ name }: Naming): ResourceIdentity => {
    return { ref: name, attributes: { Arn: arn(service, `${resourceType}${name}`, region) } };
  };
}

/** The resource types that other resources refer to, with the property that may name them. */
const IDENTITIES: Record<string, { nameProperty?: string; identify: (naming: Naming) => ResourceIdentity }> =
  {
    'AWS::Cognito::UserPool': {
      identify: ({ name }) => {
        const id = `${REGION}_${idOf(name, 9)}`;
        const provider = `cognito-idp.${REGION}.amazonaws.com/${id}`;
        return {
          ref: id,
          attributes: {
            UserPoolId: id,
            Arn: arn('cognito-idp', `userpool/${id}`),
            ProviderName: provider,
            ProviderURL: `https://${provider}`,
          },
        };
      },
    },
    'AWS::Cognito::UserPoolClient': {
      identify: ({ name }) => ({ ref: idOf(name, 26), attributes: { ClientId: idOf(name, 26) } }),
    },
    'AWS::Cognito::UserPoolGroup': {
      nameProperty: 'GroupName',
      identify: ({ name }) => ({ ref: name, attributes: {} }),
    },
    'AWS::Cognito::IdentityPool': {
      identify: ({ name }) => ({ ref: `${REGION}:${idOf(name, 32)}`, attributes: { Name: name } }),
    },
    'AWS::Cognito::IdentityPoolRoleAttachment': { identify: ({ name }) => ({ ref: name, attributes: {} }) },
    'AWS::Cognito::IdentityPoolPrincipalTag': { identify: ({ name }) => ({ ref: name, attributes: {} }) },
    'AWS::DynamoDB::Table': { nameProperty: 'TableName', identify: named('dynamodb', 'table/') },
    'AWS::DynamoDB::GlobalTable': { nameProperty: 'TableName', identify: named('dynamodb', 'table/') },
    'AWS::SQS::Queue': {
      nameProperty: 'QueueName',
      identify: ({ name, port }) => {
        const url = `http://127.0.0.1:${port}/${ACCOUNT}/${name}`;
        return { ref: url, attributes: { Arn: arn('sqs', name), QueueName: name, QueueUrl: url } };
      },
    },
    'AWS::Lambda::Function': { nameProperty: 'FunctionName', identify: named('lambda', 'function:') },
    'AWS::Lambda::EventSourceMapping': { identify: ({ name }) => ({ ref: name, attributes: { Id: name } }) },
    'AWS::StepFunctions::StateMachine': {
      nameProperty: 'StateMachineName',
      identify: ({ name }) => {
        const stateMachineArn = arn('states', `stateMachine:${name}`);
        return { ref: stateMachineArn, attributes: { Arn: stateMachineArn, Name: name } };
      },
    },
    'AWS::Scheduler::Schedule': {
      nameProperty: 'Name',
      identify: ({ name }) => ({
        ref: name,
        attributes: { Arn: arn('scheduler', `schedule/default/${name}`) },
      }),
    },
    'AWS::Scheduler::ScheduleGroup': {
      nameProperty: 'Name',
      identify: named('scheduler', 'schedule-group/'),
    },
    'AWS::IAM::Role': { nameProperty: 'RoleName', identify: named('iam', 'role/', '') },
    'AWS::Logs::LogGroup': {
      nameProperty: 'LogGroupName',
      identify: ({ name }) => ({ ref: name, attributes: { Arn: `${arn('logs', `log-group:${name}`)}:*` } }),
    },
  };

/** The property by which the template may name a resource of this type. */
export function namePropertyOf(type: string): string | undefined {
  return IDENTITIES[type]?.nameProperty;
}

/**
 * What a resource is called in the local cloud, known before it is created.
 *
 * @throws Error for a type that nothing in the local cloud can refer to.
 */
export function identify(type: string, naming: Naming): ResourceIdentity {
  const identity = IDENTITIES[type]?.identify(naming);
  if (!identity) throw new Error(`the local cloud cannot refer to ${naming.name}, an ${type}`);
  return identity;
}

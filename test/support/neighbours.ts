import {
  type App,
  Aws,
  CfnCondition,
  CfnOutput,
  CfnParameter,
  Duration,
  Fn,
  NestedStack,
  Stack,
  Stage,
} from 'aws-cdk-lib';
import { UserPool, type UserPoolClient, type UserPoolProps } from 'aws-cdk-lib/aws-cognito';
import { Rule, Schedule } from 'aws-cdk-lib/aws-events';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Code, type FunctionProps, Function as LambdaFunction, Runtime } from 'aws-cdk-lib/aws-lambda';
import { RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { StringParameter } from 'aws-cdk-lib/aws-ssm';
import { UserOnboarding } from '../../infra/user-onboarding';
import { CloudAssembly } from '../../local/cloudformation/cloud-assembly';
import { testApp } from './stack';

/** The place of an onboarding in its app, and what a neighbour can be put beside. */
export interface Neighbourhood {
  readonly app: App;
  /** Holds the onboarding; it may be nested in `root`. */
  readonly stack: Stack;
  readonly root: Stack;
  readonly userPool: UserPool;
  readonly onboarding: UserOnboarding;
  readonly lambda: (props?: Partial<FunctionProps>) => LambdaFunction;
}

/** A small app: an onboarding beside one ordinary neighbour. */
export interface NeighbourApp {
  readonly isIn?: 'a stage' | 'a nested stack';
  readonly env?: { readonly account: string; readonly region: string };
  readonly pool?: (lambda: Neighbourhood['lambda']) => Partial<UserPoolProps>;
  readonly requireVerifiedEmail?: boolean;
  readonly add?: (neighbourhood: Neighbourhood) => void;
}

/** Answers its environment; as a trigger, it confirms who signs up. */
const CODE = `exports.handler = async (event) => {
  if (!event.triggerSource) return process.env;
  if (event.triggerSource === 'PreSignUp_SignUp') Object.assign(event.response, { autoConfirmUser: true, autoVerifyEmail: true });
  return event;
};`;

/** The apps that did not run at first, each by its neighbour. */
export const NEIGHBOURS: Record<string, NeighbourApp> = {
  env: { env: { account: '111122223333', region: 'eu-west-1' } },
  stage: { isIn: 'a stage' },
  nested: { isIn: 'a nested stack' },
  bucket: { add: ({ stack }) => new Bucket(stack, 'Photos') },
  domain: {
    add: ({ userPool }) => userPool.addDomain('Domain', { cognitoDomain: { domainPrefix: 'shop' } }),
  },
  rule: { add: ({ stack }) => new Rule(stack, 'Nightly', { schedule: Schedule.rate(Duration.days(1)) }) },
  parameterStore: { add: ({ stack }) => new StringParameter(stack, 'Setting', { stringValue: 'x' }) },
  parameter: {
    add: ({ stack, lambda }) => {
      const { valueAsString: STAGE } = new CfnParameter(stack, 'StageName', { default: 'dev' });
      lambda({ environment: { STAGE } });
    },
  },
  condition: {
    add: ({ stack, lambda }) => {
      new CfnCondition(stack, 'IsVirginia', { expression: Fn.conditionEquals(Aws.REGION, 'us-east-1') });
      lambda({ environment: { HOME: Fn.conditionIf('IsVirginia', 'yes', 'no').toString() } });
    },
  },
  topic: {
    add: ({ stack, lambda }) => lambda({ environment: { TOPIC: new Topic(stack, 'News').topicArn } }),
  },
  keyOutput: {
    add: ({ stack }) => new CfnOutput(stack, 'KeyArn', { value: new Key(stack, 'Key').keyArn }),
  },
  logRetention: { add: ({ lambda }) => lambda({ logRetention: RetentionDays.ONE_WEEK }) },
  inline: { add: ({ lambda }) => lambda() },
  alias: { add: ({ lambda }) => lambda().addAlias('live') },
  sdkOfTheRuntime: {
    add: ({ lambda }) => {
      const client = "require('@aws-sdk/client-dynamodb').DynamoDBClient";
      lambda({ code: Code.fromInline(`exports.handler = async () => ({ SDK: typeof ${client} })`) });
    },
  },
  secondStack: { add: ({ app }) => new Bucket(new Stack(app, 'Second'), 'Logs') },
  preSignUp: { pool: (lambda) => ({ lambdaTriggers: { preSignUp: lambda() } }) },
  customMessage: { pool: (lambda) => ({ lambdaTriggers: { customMessage: lambda() } }) },
  phone: {
    pool: () => ({ signInAliases: { phone: true }, autoVerify: { phone: true } }),
    requireVerifiedEmail: false,
  },
  bothVerified: {
    pool: () => ({ signInAliases: { email: true, phone: true }, autoVerify: { email: true, phone: true } }),
  },
};

/** Synthesizes an app. */
export function synthesized(neighbours: NeighbourApp): CloudAssembly {
  // The code of CDK's own custom resources is deleted if it is not staged.
  const app = testApp({ 'aws:cdk:disable-asset-staging': false });
  addOnboarding(app, neighbours);
  return new CloudAssembly(app.synth().directory);
}

function addOnboarding(app: App, { isIn, env, pool, requireVerifiedEmail, add }: NeighbourApp): void {
  const scope = isIn === 'a stage' ? new Stage(app, 'Prod') : app;
  const root = new Stack(scope, 'Shop', { env });
  const stack = isIn === 'a nested stack' ? new NestedStack(root, 'Auth') : root;
  const lambda: Neighbourhood['lambda'] = (props) => addFunction(root, stack, props);
  const userPool = new UserPool(stack, 'Pool', {
    selfSignUpEnabled: true,
    signInAliases: { email: true },
    autoVerify: { email: true },
    ...pool?.(lambda),
  });
  const client = userPool.addClient('Web', { authFlows: { userPassword: true, userSrp: true } });
  const props = {
    userPool,
    createGroups: true,
    ...(requireVerifiedEmail === false && { requireVerifiedEmail }),
  };
  const onboarding = new UserOnboarding(stack, 'Onboarding', props);
  add?.({ app, stack, root, userPool, onboarding, lambda });
  addOutputs(root, userPool, client, onboarding);
}

function addFunction(root: Stack, stack: Stack, props: Partial<FunctionProps> = {}): LambdaFunction {
  const code = Code.fromInline(CODE);
  const runtime = Runtime.NODEJS_22_X;
  const other = new LambdaFunction(stack, 'Other', { runtime, handler: 'index.handler', code, ...props });
  new CfnOutput(root, 'OtherFunctionName', { value: other.functionName });
  return other;
}

function addOutputs(
  root: Stack,
  userPool: UserPool,
  client: UserPoolClient,
  onboarding: UserOnboarding,
): void {
  new CfnOutput(root, 'UserPoolId', { value: userPool.userPoolId });
  new CfnOutput(root, 'UserPoolClientId', { value: client.userPoolClientId });
  new CfnOutput(root, 'TableName', { value: onboarding.table.tableName });
}

import { type App, type Environment, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { CfnUserPoolGroup, UserPool, UserPoolClient } from 'aws-cdk-lib/aws-cognito';
import { AttributeType, BillingMode, Table, TableV2 } from 'aws-cdk-lib/aws-dynamodb';
import { EventBus } from 'aws-cdk-lib/aws-events';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { LogLevel } from 'aws-cdk-lib/aws-stepfunctions';
import cdkJson from '../../cdk.json';
import { OnboardingStack } from '../../infra/onboarding-stack';
import { OnboardingGroup, UserOnboarding, type UserOnboardingProps } from '../../infra/user-onboarding';
import type { Template } from '../../local/aws/template';
import { testApp } from './stack';

type PropsOf = (stack: Stack) => UserOnboardingProps;

const existingPool = (stack: Stack) => UserPool.fromUserPoolId(stack, 'UserPool', 'us-east-1_Ab12Cd34E');

const ownPool = (stack: Stack) => {
  const userPool = new UserPool(stack, 'UserPool', { autoVerify: { email: true } });
  new CfnUserPoolGroup(stack, 'Group', { userPoolId: userPool.userPoolId, groupName: 'users' });
  return userPool;
};

/** What an application may ask for, by a description. Each entry makes other resources than the others. */
const PROPS: Record<string, PropsOf> = {
  'nothing is given': () => ({}),
  'a customer managed key encrypts everything': (stack) => ({
    encryptionKey: new Key(stack, 'Key', { enableKeyRotation: true }),
  }),
  'somebody else attaches the trigger': (stack) => ({
    userPool: existingPool(stack),
    requireVerifiedEmail: true,
    attachTrigger: false,
    table: Table.fromTableName(stack, 'Table', 'accounts'),
  }),
  'the trigger is attached': (stack) => ({
    userPool: existingPool(stack),
    requireVerifiedEmail: true,
    attachTrigger: true,
  }),
  'the trigger is attached, encrypted': (stack) => ({
    userPool: existingPool(stack),
    requireVerifiedEmail: true,
    attachTrigger: true,
    encryptionKey: new Key(stack, 'Key', { enableKeyRotation: true }),
  }),
  'the trigger replaces another one': (stack) => ({
    userPool: existingPool(stack),
    requireVerifiedEmail: true,
    attachTrigger: true,
    replaceTrigger: true,
  }),
  'a group is created in an existing pool': (stack) => ({
    userPool: existingPool(stack),
    userPoolClient: UserPoolClient.fromUserPoolClientId(stack, 'Client', 'client'),
    requireVerifiedEmail: true,
    attachTrigger: true,
    createGroups: true,
  }),
  'the pool is in the same stack': (stack) => ({ userPool: ownPool(stack) }),
  'the pool is in the same stack, encrypted': (stack) => ({
    userPool: ownPool(stack),
    encryptionKey: new Key(stack, 'Key', { enableKeyRotation: true }),
  }),
  'a group with a role is created in a pool of the same stack': (stack) => {
    const userPool = new UserPool(stack, 'UserPool', { autoVerify: { email: true } });
    return { userPool, userPoolClient: userPool.addClient('Client'), createGroups: true };
  },
  'the application has a table of its own': (stack) => ({
    userPool: ownPool(stack),
    table: new Table(stack, 'Accounts', {
      partitionKey: { name: 'PK', type: AttributeType.STRING },
      sortKey: { name: 'SK', type: AttributeType.STRING },
      billingMode: BillingMode.PAY_PER_REQUEST,
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
      removalPolicy: RemovalPolicy.RETAIN,
    }),
  }),
  'there are a step and an event bus': (stack) => ({
    userPool: ownPool(stack),
    steps: [{ name: 'CreateTenant', function: LambdaFunction.fromFunctionName(stack, 'Create', 'create') }],
    eventBus: new EventBus(stack, 'Events'),
  }),
  'nobody joins a group': (stack) => ({ userPool: ownPool(stack), group: OnboardingGroup.none() }),
  'the group is chosen, and a record has the key of an index': (stack) => {
    const userPool = new UserPool(stack, 'UserPool', { autoVerify: { email: true } });
    const table = new TableV2(stack, 'Accounts', {
      partitionKey: { name: 'id', type: AttributeType.STRING },
      globalSecondaryIndexes: [
        { indexName: 'ByEmail', partitionKey: { name: 'email', type: AttributeType.STRING } },
      ],
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
    });
    return {
      userPool,
      userPoolClient: userPool.addClient('Client'),
      group: OnboardingGroup.byEmailDomain({ 'example.com': 'staff' }, { otherwise: 'customers' }),
      createGroups: true,
      groupPrecedence: 1,
      table,
      record: { key: { id: '<sub>' }, attributes: { email: '<email>', memberOf: '<group>' } },
    };
  },
  'every setting differs from its default': (stack) => ({
    deletionProtection: true,
    requireVerifiedEmail: false,
    tracing: false,
    logExecutionData: false,
    executionLogLevel: LogLevel.ERROR,
    alarmTopic: new Topic(stack, 'Alarms', { enforceSSL: true }),
  }),
};

/**
 * Every value of the feature flags of CDK that touch services which the onboarding uses. Apps differ in them:
 * `cdk init` writes the recommended values of its version into an app's `cdk.json`.
 *
 * @see https://docs.aws.amazon.com/cdk/v2/guide/featureflags.html
 */
const FLAGS: Record<string, readonly unknown[]> = {
  '@aws-cdk/aws-lambda:createNewPoliciesWithAddToRolePolicy': [true, false],
  '@aws-cdk/aws-lambda:recognizeLayerVersion': [true, false],
  '@aws-cdk/aws-lambda:useCdkManagedLogGroup': [true, false],
  '@aws-cdk/aws-iam:minimizePolicies': [true, false],
  '@aws-cdk/aws-iam:importedRoleStackSafeDefaultPolicyName': [true, false],
  '@aws-cdk/aws-kms:reduceCrossAccountRegionPolicyScope': [true, false],
  '@aws-cdk/aws-dynamodb:resourcePolicyPerReplica': [true, false],
  '@aws-cdk/aws-stepfunctions:useDistributedMapResultWriterV2': [true, false],
  '@aws-cdk/core:enablePartitionLiterals': [true, false],
  '@aws-cdk/core:includePrefixInUniqueNameGeneration': [true, false],
  '@aws-cdk/core:target-partitions': [['aws'], ['aws', 'aws-us-gov']],
  '@aws-cdk/core:aspectPrioritiesMutating': [true, false],
  '@aws-cdk/core:automaticL1Traits': [true, false],
  '@aws-cdk/core:defaultCrossStackReferences': ['weak', 'strong', 'both'],
};

/** The props under which the flags are varied: between them, they use every way to a trigger. */
const WITH_FLAGS = [
  'a customer managed key encrypts everything',
  'the trigger is attached, encrypted',
  'the pool is in the same stack',
];

/** A synthesized stack that an application could deploy. */
interface Variant {
  readonly props: PropsOf;
  readonly context?: Record<string, unknown>;
  readonly env?: Environment;
}

const variants = new Map<string, Variant>();
for (const [name, props] of Object.entries(PROPS)) variants.set(name, { props });
for (const name of WITH_FLAGS) {
  const props = PROPS[name] as PropsOf;
  for (const [flag, values] of Object.entries(FLAGS)) {
    for (const value of values) {
      const context = { ...cdkJson.context, [flag]: value };
      variants.set(`${name}, ${flag} is ${JSON.stringify(value)}`, { props, context });
    }
  }
  variants.set(`${name}, no flag is set`, { props, context: {} });
  variants.set(`${name}, the region is known`, {
    props,
    env: { account: '123456789012', region: 'us-east-1' },
  });
}

/** What applications may ask for, in apps with cdk.json's flags. */
export const PROPS_OF_VARIANTS: readonly string[] = Object.keys(PROPS);

/** The names of all variants. */
export const VARIANTS: readonly string[] = [...variants.keys()];

/** A stack with the construct, as a variant has it; `prepare` is called before its synthesis. */
export function synthesizeVariant(name: string, prepare: (app: App) => void = () => {}): Template {
  const { props, context = cdkJson.context, env } = variants.get(name) as Variant;
  const app = testApp(context);
  const stack = new Stack(app, 'Stack', { env });
  new UserOnboarding(stack, 'Onboarding', props(stack));
  return synthesized(app, 'Stack', prepare);
}

/** The project's own stack. */
export function synthesizeDefaultStack(): Template {
  const app = testApp(cdkJson.context);
  new OnboardingStack(app, 'UserOnboarding');
  return synthesized(app, 'UserOnboarding', () => {});
}

function synthesized(app: App, stack: string, prepare: (app: App) => void): Template {
  prepare(app);
  return app.synth().getStackByName(stack).template;
}

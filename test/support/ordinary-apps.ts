import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  CfnCondition,
  CfnMapping,
  CfnOutput,
  CustomResource,
  Duration,
  Fn,
  RemovalPolicy,
  Stack,
} from 'aws-cdk-lib';
import { LambdaIntegration, RestApi } from 'aws-cdk-lib/aws-apigateway';
import { AttributeType, StreamViewType, Table } from 'aws-cdk-lib/aws-dynamodb';
import { EventBus, Rule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction as LambdaTarget } from 'aws-cdk-lib/aws-events-targets';
import { ManagedPolicy, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import {
  Code,
  FunctionUrlAuthType,
  Function as LambdaFunction,
  LayerVersion,
  Runtime,
  StartingPosition,
} from 'aws-cdk-lib/aws-lambda';
import { DynamoEventSource } from 'aws-cdk-lib/aws-lambda-event-sources';
import { Bucket, CfnBucket, EventType } from 'aws-cdk-lib/aws-s3';
import { LambdaDestination } from 'aws-cdk-lib/aws-s3-notifications';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { EmailSubscription, LambdaSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import { StringParameter } from 'aws-cdk-lib/aws-ssm';
import { Provider } from 'aws-cdk-lib/custom-resources';
import type { NeighbourApp } from './neighbours';

/** Answers the data of a custom resource to the framework of CDK's providers. */
const PROVIDER = `exports.handler = async ({ RequestType, ResourceProperties }) => ({
  PhysicalResourceId: 'greeting-1',
  Data: { Greeting: RequestType + ' ' + ResourceProperties.name },
});`;

/** Is complete when it is asked for the second time. */
const WAITED_FOR = `let asked = 0;
exports.handler = async ({ RequestType }) => {
  if (asked++ === 0) return { IsComplete: false };
  return { IsComplete: true, Data: { Greeting: RequestType + ' complete' } };
};`;

/** What many CDK apps hold besides their users. */
export const ORDINARY_APPS: Record<string, NeighbourApp> = {
  api: {
    add: ({ stack, lambda }) => {
      new RestApi(stack, 'Api').root.addMethod('GET', new LambdaIntegration(lambda()));
    },
  },
  secret: {
    add: ({ stack, lambda }) => {
      const secret = new Secret(stack, 'Secret');
      secret.grantRead(lambda({ environment: { SECRET: secret.secretArn } }));
    },
  },
  layer: {
    add: ({ stack, lambda }) => {
      const layer = new LayerVersion(stack, 'Layer', { code: Code.fromAsset(layerDirectory()) });
      const code = Code.fromInline("exports.handler = async () => ({ GREETING: require('greeting') })");
      lambda({ code, layers: [layer] });
    },
  },
  functionUrl: {
    add: ({ stack, lambda }) => {
      const { url } = lambda().addFunctionUrl({ authType: FunctionUrlAuthType.NONE });
      new CfnOutput(stack, 'Url', { value: url });
    },
  },
  provider: {
    add: ({ stack, lambda }) => {
      const { serviceToken } = new Provider(stack, 'Provider', {
        onEventHandler: lambda({ code: Code.fromInline(PROVIDER) }),
      });
      const greeting = new CustomResource(stack, 'Greeting', { serviceToken, properties: { name: 'Ada' } });
      new CfnOutput(stack, 'Said', { value: `${greeting.ref}: ${greeting.getAttString('Greeting')}` });
    },
  },
  waitingProvider: {
    add: ({ stack, lambda }) => {
      const { serviceToken } = new Provider(stack, 'Provider', {
        onEventHandler: lambda({ code: Code.fromInline(PROVIDER) }),
        isCompleteHandler: new LambdaFunction(stack, 'IsComplete', {
          runtime: Runtime.NODEJS_22_X,
          handler: 'index.handler',
          code: Code.fromInline(WAITED_FOR),
        }),
        queryInterval: Duration.seconds(1),
      });
      const greeting = new CustomResource(stack, 'Greeting', { serviceToken, properties: { name: 'Ada' } });
      new CfnOutput(stack, 'Said', { value: greeting.getAttString('Greeting') });
    },
  },
  stream: {
    add: ({ stack, lambda }) => {
      const table = new Table(stack, 'Orders', {
        partitionKey: { name: 'id', type: AttributeType.STRING },
        stream: StreamViewType.NEW_IMAGE,
      });
      lambda().addEventSource(new DynamoEventSource(table, { startingPosition: StartingPosition.LATEST }));
    },
  },
  managedPolicy: {
    add: ({ stack, lambda, onboarding }) => {
      const role = lambda().role;
      const statements = [
        new PolicyStatement({ actions: ['dynamodb:GetItem'], resources: [onboarding.table.tableArn] }),
      ];
      role?.addManagedPolicy(new ManagedPolicy(stack, 'ReadUsers', { statements }));
      role?.addManagedPolicy(ManagedPolicy.fromAwsManagedPolicyName('AmazonS3ReadOnlyAccess'));
    },
  },
  subscription: {
    add: ({ stack, lambda }) => {
      const topic = new Topic(stack, 'News');
      topic.addSubscription(new EmailSubscription('news@example.com'));
      topic.addSubscription(new LambdaSubscription(lambda()));
    },
  },
  mapping: {
    add: ({ stack, lambda }) => {
      const mapping = new CfnMapping(stack, 'Sizes', { mapping: { 'us-east-1': { size: 'large' } } });
      lambda({ environment: { SIZE: mapping.findInMap(stack.region, 'size') } });
    },
  },
  bus: {
    add: ({ stack, lambda }) => {
      const eventBus = new EventBus(stack, 'Bus');
      const targets = [new LambdaTarget(lambda({ environment: { BUS: eventBus.eventBusArn } }))];
      new Rule(stack, 'Onboarded', { eventBus, eventPattern: { detailType: ['UserOnboarded'] }, targets });
    },
  },
  emptiedBucket: {
    add: ({ stack }) => {
      new Bucket(stack, 'Photos', { removalPolicy: RemovalPolicy.DESTROY, autoDeleteObjects: true });
    },
  },
  notifyingBucket: {
    add: ({ stack, lambda }) => {
      const bucket = new Bucket(stack, 'Photos');
      bucket.addEventNotification(EventType.OBJECT_CREATED, new LambdaDestination(lambda()));
    },
  },
  storedParameter: {
    add: ({ stack, lambda }) => {
      const parameterName = '/shop/colour';
      new StringParameter(stack, 'Colour', { parameterName, stringValue: 'blue' });
      lambda({ environment: { COLOUR: StringParameter.valueForStringParameter(stack, parameterName) } });
    },
  },
  python: {
    add: ({ lambda }) => {
      lambda({
        runtime: Runtime.PYTHON_3_13,
        code: Code.fromInline('def handler(event, context): return 1'),
      });
    },
  },
  conditionalResource: {
    add: ({ stack }) => {
      const isElsewhere = new CfnCondition(stack, 'IsElsewhere', {
        expression: Fn.conditionNot(Fn.conditionEquals(stack.region, 'us-east-1')),
      });
      new CfnBucket(stack, 'Elsewhere').cfnOptions.condition = isElsewhere;
    },
  },
  imports: {
    add: ({ app, onboarding, userPool }) => {
      const second = new Stack(app, 'Second');
      new CfnOutput(second, 'ImportedTable', { value: onboarding.table.tableName });
      new CfnOutput(second, 'ImportedPool', { value: userPool.userPoolArn });
    },
  },
};

/** What a layer puts below `/opt`: a package. */
function layerDirectory(): string {
  const directory = mkdtempSync(join(process.env.TEST_CLOUD_ASSEMBLY as string, 'layer-'));
  const folder = join(directory, 'nodejs', 'node_modules', 'greeting');
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'index.js'), "module.exports = 'hello from a layer';");
  return directory;
}

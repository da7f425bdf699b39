import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Duration, Size } from 'aws-cdk-lib';
import { AccountRecovery, Mfa, OAuthScope } from 'aws-cdk-lib/aws-cognito';
import { AttributeType, StreamViewType, Table, TableEncryption, TableV2 } from 'aws-cdk-lib/aws-dynamodb';
import { Vpc } from 'aws-cdk-lib/aws-ec2';
import { FileSystem as Efs } from 'aws-cdk-lib/aws-efs';
import { EventBus } from 'aws-cdk-lib/aws-events';
import { Key } from 'aws-cdk-lib/aws-kms';
import {
  Alias,
  ApplicationLogLevel,
  Architecture,
  FileSystem,
  LoggingFormat,
  Tracing,
} from 'aws-cdk-lib/aws-lambda';
import { SqsDestination } from 'aws-cdk-lib/aws-lambda-destinations';
import { SqsEventSource } from 'aws-cdk-lib/aws-lambda-event-sources';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Schedule, ScheduleExpression, ScheduleTargetInput } from 'aws-cdk-lib/aws-scheduler';
import { LambdaInvoke } from 'aws-cdk-lib/aws-scheduler-targets';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { DefinitionBody, LogLevel, StateMachine, StateMachineType } from 'aws-cdk-lib/aws-stepfunctions';
import type { NeighbourApp, Neighbourhood } from './neighbours';

/** What the L2 constructs of CDK set when somebody uses the props that their documentation shows first. */
export const COMMON_SETTINGS: NeighbourApp = {
  pool: () => ({
    accountRecovery: AccountRecovery.EMAIL_ONLY,
    deviceTracking: { challengeRequiredOnNewDevice: true, deviceOnlyRememberedOnUserPrompt: true },
    keepOriginal: { email: true },
    mfa: Mfa.OPTIONAL,
    mfaSecondFactor: { sms: true, otp: true },
    passwordPolicy: { minLength: 12, requireSymbols: false, tempPasswordValidity: Duration.days(3) },
    signInCaseSensitive: false,
    userInvitation: { emailSubject: 'Welcome' },
    userVerification: { emailSubject: 'Your code' },
  }),
  add: (neighbourhood) => {
    addFunction(neighbourhood);
    addTables(neighbourhood);
    addStateMachine(neighbourhood);
    addClient(neighbourhood);
    new EventBus(neighbourhood.stack, 'Bus', { description: 'orders' });
  },
};

function addFunction({ stack, lambda }: Neighbourhood): void {
  const deadLetterQueue = new Queue(stack, 'Dead', { fifo: true, encryption: QueueEncryption.KMS_MANAGED });
  const failed = new Queue(stack, 'Failed', { enforceSSL: true, retentionPeriod: Duration.days(14) });
  const jobs = new Queue(stack, 'Jobs', {
    fifo: true,
    contentBasedDeduplication: true,
    deadLetterQueue: { queue: deadLetterQueue, maxReceiveCount: 3 },
    maxMessageSizeBytes: 1024,
  });
  const vpc = new Vpc(stack, 'Vpc', { maxAzs: 2, natGateways: 0 });
  const files = new Efs(stack, 'Files', { vpc }).addAccessPoint('Photos');
  const fn = lambda({
    applicationLogLevelV2: ApplicationLogLevel.DEBUG,
    architecture: Architecture.ARM_64,
    deadLetterQueue: failed,
    ephemeralStorageSize: Size.gibibytes(1),
    filesystem: FileSystem.fromEfsAccessPoint(files, '/mnt/photos'),
    logGroup: new LogGroup(stack, 'Lines', { retention: RetentionDays.ONE_WEEK }),
    loggingFormat: LoggingFormat.JSON,
    maxEventAge: Duration.hours(1),
    onFailure: new SqsDestination(failed),
    reservedConcurrentExecutions: 5,
    retryAttempts: 1,
    tracing: Tracing.ACTIVE,
    vpc,
    vpcSubnets: { subnets: vpc.isolatedSubnets },
  });
  fn.addEventSource(new SqsEventSource(jobs, { batchSize: 5, reportBatchItemFailures: true }));
  new Alias(stack, 'Live', { aliasName: 'live', version: fn.currentVersion });
  const input = ScheduleTargetInput.fromObject({ nightly: true });
  new Schedule(stack, 'Nightly', {
    schedule: ScheduleExpression.rate(Duration.days(1)),
    target: new LambdaInvoke(fn, { input, deadLetterQueue: failed, retryAttempts: 2 }),
  });
}

function addTables({ stack }: Neighbourhood): void {
  const partitionKey = { name: 'id', type: AttributeType.STRING };
  const byEmail = { indexName: 'ByEmail', partitionKey: { name: 'email', type: AttributeType.STRING } };
  const orders = new Table(stack, 'Orders', {
    partitionKey,
    encryption: TableEncryption.CUSTOMER_MANAGED,
    encryptionKey: new Key(stack, 'TableKey', { enableKeyRotation: true }),
    pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
    stream: StreamViewType.NEW_AND_OLD_IMAGES,
    timeToLiveAttribute: 'ttl',
  });
  orders.addGlobalSecondaryIndex(byEmail);
  new TableV2(stack, 'Carts', {
    partitionKey,
    deletionProtection: false,
    dynamoStream: StreamViewType.NEW_IMAGE,
    globalSecondaryIndexes: [byEmail],
    timeToLiveAttribute: 'ttl',
  });
}

function addStateMachine({ stack }: Neighbourhood): void {
  const file = join(mkdtempSync(join(tmpdir(), 'definition-')), 'wait.asl.json');
  writeFileSync(file, JSON.stringify({ StartAt: 'Say', States: { Say: { Type: 'Pass', End: true } } }));
  new StateMachine(stack, 'Say', {
    definitionBody: DefinitionBody.fromFile(file),
    logs: { destination: new LogGroup(stack, 'SayLog'), level: LogLevel.ALL, includeExecutionData: true },
    stateMachineType: StateMachineType.EXPRESS,
    timeout: Duration.minutes(5),
    tracingEnabled: true,
  });
}

function addClient({ userPool }: Neighbourhood): void {
  userPool.addClient('Mobile', {
    accessTokenValidity: Duration.minutes(30),
    authFlows: { userSrp: true },
    authSessionValidity: Duration.minutes(5),
    enableTokenRevocation: true,
    generateSecret: true,
    oAuth: { callbackUrls: ['http://localhost:3000'], scopes: [OAuthScope.OPENID] },
    preventUserExistenceErrors: true,
    refreshTokenValidity: Duration.days(7),
  });
}

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { DescribeExecutionCommand, SFNClient, StartExecutionCommand } from '@aws-sdk/client-sfn';
import {
  GetQueueUrlCommand,
  ReceiveMessageCommand,
  SendMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import { CloudAssembly } from '../../../../local/cloudformation/cloud-assembly';
import { LocalCloud } from '../../../../local/local-cloud';
import { writeSmallApp } from '../../../support/small-app';
import { eventually } from '../../../support/test-cloud';

const directory = mkdtempSync(join(tmpdir(), 'update-'));
const answering = (text: string) => `exports.handler = async () => '${text}'`;

const queue = (properties: Record<string, unknown> = {}) => ({
  Queue: { Type: 'AWS::SQS::Queue', Properties: { QueueName: 'orders', ...properties } },
});
const machine = (Result: unknown) => ({
  Machine: {
    Type: 'AWS::StepFunctions::StateMachine',
    Properties: {
      StateMachineName: 'Machine',
      RoleArn: { 'Fn::GetAtt': ['Role', 'Arn'] },
      DefinitionString: JSON.stringify({
        StartAt: 'Say',
        States: { Say: { Type: 'Pass', Result, End: true } },
      }),
    },
  },
});

let cloud: LocalCloud;
let lambda: LambdaClient;
let sfn: SFNClient;
let sqs: SQSClient;

beforeEach(async () => {
  writeSmallApp(directory, answering('one'), { ...queue(), ...machine('first') });
  cloud = await LocalCloud.start({ assembly: new CloudAssembly(directory), port: 0 });
  const config = {
    endpoint: cloud.endpoint,
    region: 'us-east-1',
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
    maxAttempts: 1,
  };
  lambda = new LambdaClient(config);
  sfn = new SFNClient(config);
  sqs = new SQSClient(config);
});

afterEach(() => cloud.close());
afterAll(() => rmSync(directory, { recursive: true, force: true }));

async function update(
  ...app: Parameters<typeof writeSmallApp> extends [string, ...infer Rest] ? Rest : never
) {
  writeSmallApp(directory, ...app);
  return cloud.update(new CloudAssembly(directory));
}

async function answer(): Promise<unknown> {
  const { Payload } = await lambda.send(new InvokeCommand({ FunctionName: 'Fn' }));
  return JSON.parse(Buffer.from(Payload ?? []).toString());
}

const NOTHING = { changed: [], kept: [], notPlayed: [], errors: [] };

test('the same app changes nothing', async () => {
  expect(await update(answering('one'), { ...queue(), ...machine('first') })).toEqual(NOTHING);
});

test('a changed function is swapped, and messages stay', async () => {
  expect(await answer()).toBe('one');
  const { QueueUrl } = await sqs.send(new GetQueueUrlCommand({ QueueName: 'orders' }));
  await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: 'kept' }));

  const changes = await update(answering('two'), { ...queue(), ...machine('first') });

  expect(changes).toEqual({ ...NOTHING, changed: ['Shop/Fn'] });
  expect(await answer()).toBe('two');
  const { Messages } = await sqs.send(new ReceiveMessageCommand({ QueueUrl }));
  expect(Messages?.map(({ Body }) => Body)).toEqual(['kept']);
});

test('an invocation that runs ends with the code that it began with', async () => {
  const patient = (text: string) => {
    return `exports.handler = () => new Promise((resolve) => { console.log('begun'); setTimeout(resolve, 300, '${text}'); })`;
  };
  await update(patient('old'), { ...queue(), ...machine('first') });
  const old = answer();
  await eventually(async () => {
    const response = await fetch(`${cloud.endpoint}/_local/logs?function=Fn`);
    return (await response.text()).includes('begun');
  });
  await update(patient('new'), { ...queue(), ...machine('first') });

  expect(await answer()).toBe('new');
  expect(await old).toBe('old');
});

test('a changed definition counts for the next execution', async () => {
  const changes = await update(answering('one'), { ...queue(), ...machine('second') });
  const { executionArn } = await sfn.send(
    new StartExecutionCommand({
      stateMachineArn: 'arn:aws:states:us-east-1:000000000000:stateMachine:Machine',
    }),
  );
  const outcome = () => sfn.send(new DescribeExecutionCommand({ executionArn }));
  await eventually(async () => (await outcome()).status === 'SUCCEEDED');

  expect(changes.changed).toEqual(['Shop/Machine']);
  expect((await outcome()).output).toBe('"second"');
});

test('what holds data and has changed is named, and stays', async () => {
  const changes = await update(answering('one'), { ...queue({ VisibilityTimeout: 5 }), ...machine('first') });

  expect(changes).toEqual({ ...NOTHING, kept: ['Shop/Queue'] });
});

test('what is new is created, and what is gone is deleted', async () => {
  const other = { Other: { Type: 'AWS::SQS::Queue', Properties: { QueueName: 'other' } } };
  const changes = await update(answering('one'), { ...other, ...machine('first') });

  expect(changes).toEqual({ ...NOTHING, changed: ['Shop/Other', 'Shop/Queue'] });
  await sqs.send(new GetQueueUrlCommand({ QueueName: 'other' }));
  await expect(sqs.send(new GetQueueUrlCommand({ QueueName: 'orders' }))).rejects.toThrow();
});

test('a definition that cannot be played is an error, and the rest is taken on', async () => {
  const broken = machine('first');
  broken.Machine.Properties.DefinitionString = '{"StartAt":"Nowhere","States":{}}';
  const changes = await update(answering('three'), { ...queue(), ...broken });

  expect(changes.errors).toEqual([expect.stringMatching(/^Shop\/Machine: /)]);
  expect(await answer()).toBe('three');
});

test('a new resource that could not be created is created by the version that mends it', async () => {
  const other = (definition: unknown) => {
    const { Machine } = machine('new');
    const Properties = { ...Machine.Properties, StateMachineName: 'Other' };
    return { Other: { ...Machine, Properties: { ...Properties, DefinitionString: definition } } };
  };
  const rest = { ...queue(), ...machine('first') };
  const { errors } = await update(answering('one'), { ...rest, ...other('{}') });
  const mended = await update(answering('one'), {
    ...rest,
    ...other(machine('new').Machine.Properties.DefinitionString),
  });

  expect(errors).toEqual([expect.stringMatching(/^Shop\/Other: /)]);
  expect(mended).toEqual({ ...NOTHING, changed: ['Shop/Other'] });
});

describe('a custom resource', () => {
  const answeringCloudFormation = (text: string) => `
    const { send, SUCCESS } = require('cfn-response');
    exports.handler = (event, context) =>
      event.RequestType ? send(event, context, SUCCESS, { Said: event.RequestType }, 'greeting-1') : '${text}';`;
  const greeting = (name: string) => ({
    Greeting: {
      Type: 'Custom::Greeting',
      Properties: { ServiceToken: { 'Fn::GetAtt': ['Fn', 'Arn'] }, name },
    },
  });
  const rest = { ...queue(), ...machine('first') };

  test('is created if it is new, stays as it was if it has changed, and goes with the template', async () => {
    await update(answeringCloudFormation('one'), rest);

    expect(await update(answeringCloudFormation('one'), { ...rest, ...greeting('Ada') })).toEqual({
      ...NOTHING,
      changed: ['Shop/Greeting'],
    });
    expect(await update(answeringCloudFormation('one'), { ...rest, ...greeting('Bob') })).toEqual({
      ...NOTHING,
      kept: ['Shop/Greeting'],
    });
    expect(await update(answeringCloudFormation('one'), rest)).toEqual({
      ...NOTHING,
      changed: ['Shop/Greeting'],
    });
  });
});

test('what is new and does nothing here is named, once', async () => {
  const Bucket = { Type: 'AWS::S3::Bucket', Properties: {} };
  const Properties = { QueueName: 'orders', RedriveAllowPolicy: { redrivePermission: 'denyAll' } };
  const app = { Queue: { Type: 'AWS::SQS::Queue', Properties }, ...machine('first'), Bucket };

  expect(await update(answering('one'), app)).toMatchObject({
    kept: ['Shop/Queue'],
    notPlayed: ['RedriveAllowPolicy of Shop/Queue', 'Shop/Bucket'],
  });
  expect(await update(answering('one'), app)).toEqual(NOTHING);
});

test('every property that is refused is named', async () => {
  const { errors } = await update(answering('one'), {
    ...queue({ First: 1, Second: 2 }),
    ...machine('first'),
  });

  expect(errors).toEqual([expect.stringMatching(/property First .*\n.*property Second /)]);
});

test('a configuration of events for another version replaces the one before', async () => {
  const failing = 'exports.handler = async () => { console.log("attempt"); throw new Error("no") }';
  const config = (Qualifier: string) => ({
    Config: {
      Type: 'AWS::Lambda::EventInvokeConfig',
      Properties: { FunctionName: { Ref: 'Fn' }, Qualifier, MaximumRetryAttempts: 0 },
    },
  });
  const attempts = async () => {
    const response = await fetch(`${cloud.endpoint}/_local/logs?function=Fn`);
    return (await response.text()).split('attempt').length - 1;
  };
  const body = JSON.stringify({ advance: { seconds: 60 } });
  await update(failing, { ...queue(), ...machine('first'), ...config('$LATEST') });

  expect(await update(failing, { ...queue(), ...machine('first'), ...config('1') })).toEqual({
    ...NOTHING,
    changed: ['Shop/Config'],
  });

  await lambda.send(new InvokeCommand({ FunctionName: 'Fn', InvocationType: 'Event' }));
  await eventually(async () => {
    await fetch(`${cloud.endpoint}/_local/clock`, { method: 'POST', body });
    return (await attempts()) > 1;
  });
});

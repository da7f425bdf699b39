import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  AdminDeleteUserCommand,
  AdminGetUserCommand,
  AdminListGroupsForUserCommand,
  CognitoIdentityProviderClient,
  ListUserPoolsCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { SFNClient, StartSyncExecutionCommand } from '@aws-sdk/client-sfn';
import { GetQueueAttributesCommand, SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { CloudAssembly } from '../../../local/cloudformation/cloud-assembly';
import { LocalCloud } from '../../../local/local-cloud';
import { writeSmallApp } from '../../support/small-app';
import { eventually } from '../../support/test-cloud';

type Resources = Parameters<typeof writeSmallApp>[2];

const directory = mkdtempSync(join(tmpdir(), 'properties-'));
const config = {
  region: 'us-east-1',
  credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
  maxAttempts: 1,
};
const arnOf = (logicalId: string) => ({ 'Fn::GetAtt': [logicalId, 'Arn'] });
const ref = (logicalId: string) => ({ Ref: logicalId });

let cloud: LocalCloud | undefined;

afterEach(async () => {
  await cloud?.close();
  cloud = undefined;
});
afterAll(() => rmSync(directory, { recursive: true, force: true }));

async function start(resources: Resources, code = 'exports.handler = async () => {}', strict = false) {
  writeSmallApp(directory, code, resources);
  cloud = await LocalCloud.start({ assembly: new CloudAssembly(directory), port: 0, strict });
  return cloud;
}

async function get<T>(path: string): Promise<T> {
  return (await (await fetch(`${cloud?.endpoint}/_local${path}`)).json()) as T;
}

/** What the function wrote. */
const messages = async () =>
  (await get<{ line: string }[]>('/logs?function=Fn')).map(({ line }) => JSON.parse(line).message);

const bodiesIn = async (queue: string) =>
  (await get<{ body: string }[]>(`/queues/${queue}`)).map(({ body }) => body);

const advance = (seconds: number) =>
  fetch(`${cloud?.endpoint}/_local/clock`, {
    method: 'POST',
    body: JSON.stringify({ advance: { seconds } }),
  });

describe('what would run differently from AWS', () => {
  const Jobs = {
    Type: 'AWS::SQS::Queue',
    Properties: { QueueName: 'jobs', Novelty: 1 },
  };
  const Client = {
    Type: 'AWS::Cognito::UserPoolClient',
    Properties: { UserPoolId: ref('Pool'), RefreshTokenRotation: { Feature: 'ENABLED' } },
  };
  const Pool = { Type: 'AWS::Cognito::UserPool', Properties: { Novelty: 'yes' } };

  test('is refused at the start: all of it, with the resource, the property, the value and what to do', async () => {
    const started = start({ Jobs, Client, Pool });

    await expect(started).rejects.toThrow(
      [
        '3 things stand in the way:',
        '  - Shop/Jobs: the local cloud does not play the property Novelty of an AWS::SQS::Queue (it is 1): leave it out of the app that runs here',
        '  - Shop/Client: the local cloud does not play the property RefreshTokenRotation of an AWS::Cognito::UserPoolClient (it is {"Feature":"ENABLED"}): ' +
          'the local cloud does not renew refresh tokens (GetTokensFromRefreshToken): switch it off in the app that runs here',
        '  - Shop/Pool: the local cloud does not play the property Novelty of an AWS::Cognito::UserPool (it is "yes"): leave it out of the app that runs here',
      ].join('\n'),
    );
  });

  test('is refused while the local cloud runs, and the resource stays as it was', async () => {
    const running = await start({ Pool: { ...Pool, Properties: {} } });
    writeSmallApp(directory, 'exports.handler = async () => {}', { Pool });

    const { changed, errors } = await running.update(new CloudAssembly(directory));

    expect(changed).toEqual([]);
    expect(errors).toEqual([expect.stringContaining('does not play the property Novelty')]);
  });

  test('is refused if a permission has it, together with all else', async () => {
    const Permission = {
      Type: 'AWS::Lambda::Permission',
      Properties: { Action: 'lambda:InvokeFunction', FunctionName: 'Fn', Principal: '*', Novelty: 1 },
    };

    await expect(start({ Permission, Pool })).rejects.toThrow(
      /^2 things stand in the way:\n.*Shop\/Permission: .*Novelty.*\n.*Shop\/Pool/,
    );
  });
});

test('a filter that is not known is refused, with the name of its event source mapping', async () => {
  const Pattern = '{"body":{"kind":[{"wildcard":"a*"}]}}';
  const Mapping = {
    Type: 'AWS::Lambda::EventSourceMapping',
    Properties: {
      EventSourceArn: arnOf('Jobs'),
      FunctionName: ref('Fn'),
      FilterCriteria: { Filters: [{ Pattern }] },
    },
  };

  await expect(start({ Jobs: { Type: 'AWS::SQS::Queue', Properties: {} }, Mapping })).rejects.toThrow(
    /^Shop-Mapping: the local cloud does not know the rule \{"wildcard":"a\*"\} of a filter$/,
  );
});

test('a destination that does not exist here is named at the start', async () => {
  const News = { Type: 'AWS::SNS::Topic', Properties: {} };
  const Config = {
    Type: 'AWS::Lambda::EventInvokeConfig',
    Properties: {
      FunctionName: ref('Fn'),
      Qualifier: '$LATEST',
      DestinationConfig: { OnFailure: { Destination: ref('News') } },
    },
  };

  expect((await start({ News, Config })).notes).toContain(
    'settings without effect here: DestinationConfig.OnFailure of 1 AWS::Lambda::EventInvokeConfig',
  );
});

describe('what does nothing here', () => {
  const Table = (name: string) => ({
    Type: 'AWS::DynamoDB::Table',
    Properties: {
      TableName: name,
      AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
      KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
      TimeToLiveSpecification: { AttributeName: 'ttl', Enabled: true },
      Tags: [{ Key: 'team', Value: 'shop' }],
    },
  });
  const note = 'settings without effect here: TimeToLiveSpecification of 2 AWS::DynamoDB::Table';

  test('is named in one line', async () => {
    expect((await start({ A: Table('orders'), B: Table('carts') })).notes).toEqual([note]);
  });

  test('is refused with --strict', async () => {
    await expect(start({ A: Table('orders'), B: Table('carts') }, undefined, true)).rejects.toThrow(
      `${note}. Leave out --strict to start without them`,
    );
  });

  test('a trigger that is not called is refused with --strict, too', async () => {
    const LambdaConfig = { CustomEmailSender: { LambdaArn: arnOf('Fn'), LambdaVersion: 'V1_0' } };
    const Pool = { Type: 'AWS::Cognito::UserPool', Properties: { LambdaConfig } };

    await expect(start({ Pool }, undefined, true)).rejects.toThrow(
      /^not called: trigger CustomEmailSender of user pool us-east-1_\w{9}\. Leave out --strict/,
    );
  });
});

test('two resources of one name are refused, also in one stack', async () => {
  const queue = { Type: 'AWS::SQS::Queue', Properties: { QueueName: 'orders' } };

  await expect(start({ A: queue, B: queue })).rejects.toThrow(
    /^Shop\/A and Shop\/B are both the AWS::SQS::Queue \S+\/orders: name one differently$/,
  );
});

test('two versions of one function are no matter', async () => {
  const version = { Type: 'AWS::Lambda::Version', Properties: { FunctionName: ref('Fn') } };

  await expect(start({ First: version, Second: version })).resolves.toBeDefined();
});

test('a FIFO queue gets its ending, finds duplicates, and keeps the order of a group', async () => {
  const code =
    'exports.handler = async ({ Records }) => { for (const { body } of Records) console.log(body) }';
  const Properties = { FifoQueue: true, ContentBasedDeduplication: true };
  const Mapping = {
    Type: 'AWS::Lambda::EventSourceMapping',
    Properties: { EventSourceArn: arnOf('Jobs'), FunctionName: ref('Fn') },
  };
  const { endpoint } = await start({ Jobs: { Type: 'AWS::SQS::Queue', Properties }, Mapping }, code);
  const QueueUrl = `${endpoint}/000000000000/Shop-Jobs.fifo`;
  const sqs = new SQSClient({ ...config, endpoint });

  for (const MessageBody of ['one', 'one', 'two', 'three'])
    await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody, MessageGroupId: 'a' }));

  await eventually(async () => (await messages()).includes('three'));
  expect(await messages()).toEqual(['one', 'two', 'three']);
  const attributes = new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['All'] });
  expect((await sqs.send(attributes)).Attributes).toMatchObject({
    FifoQueue: 'true',
    ContentBasedDeduplication: 'true',
  });
});

test('an event source mapping filters, and the function gets the attributes of a message', async () => {
  const code =
    'exports.handler = async ({ Records: [one] }) => console.log("got " + one.body + one.messageAttributes.from.stringValue)';
  const Pattern = JSON.stringify({ body: { kind: [{ prefix: 'user.' }] } });
  const Mapping = {
    Type: 'AWS::Lambda::EventSourceMapping',
    Properties: {
      EventSourceArn: arnOf('Jobs'),
      FunctionName: ref('Fn'),
      FilterCriteria: { Filters: [{ Pattern }] },
    },
  };
  const Jobs = { Type: 'AWS::SQS::Queue', Properties: { QueueName: 'jobs' } };
  const { endpoint } = await start({ Jobs, Mapping }, code);
  const sqs = new SQSClient({ ...config, endpoint });
  const QueueUrl = `${endpoint}/000000000000/jobs`;
  const MessageAttributes = { from: { DataType: 'String', StringValue: 'ada' } };

  for (const MessageBody of ['{"kind":"order.new"}', 'no JSON', '{"kind":"user.new"}'])
    await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody, MessageAttributes }));

  await eventually(async () => (await bodiesIn('jobs')).length === 0);
  expect(await messages()).toEqual(['got {"kind":"user.new"}ada']);
});

describe('an event that nobody waits for', () => {
  const FAILING = 'exports.handler = async () => { console.log("attempt"); throw new Error("no") }';
  const queue = (QueueName: string) => ({ Type: 'AWS::SQS::Queue', Properties: { QueueName } });
  const eventInvokeConfig = (properties: Record<string, unknown>) => ({
    Type: 'AWS::Lambda::EventInvokeConfig',
    Properties: { FunctionName: ref('Fn'), Qualifier: '$LATEST', ...properties },
  });

  const invoke = async () => {
    const lambda = new LambdaClient({ ...config, endpoint: cloud?.endpoint });
    const Payload = Buffer.from('{"order":7}');
    await lambda.send(new InvokeCommand({ FunctionName: 'Fn', InvocationType: 'Event', Payload }));
  };
  const attempts = async () =>
    (await get<{ line: string }[]>('/logs?function=Fn')).filter(({ line }) => line.includes('attempt'))
      .length;
  const attempted = (count: number) => eventually(async () => (await attempts()) === count);

  test('is tried again after a minute and after two, and then goes to the destination', async () => {
    const DestinationConfig = { OnFailure: { Destination: arnOf('Failed') } };
    await start({ Failed: queue('failed'), Config: eventInvokeConfig({ DestinationConfig }) }, FAILING);

    await invoke();
    await attempted(1);
    // The failure is known only after the line.
    await eventually(async () => (await advance(60)).ok && (await attempts()) === 2);
    await eventually(async () => (await advance(120)).ok && (await attempts()) === 3);

    await eventually(async () => (await bodiesIn('failed')).length === 1);
    const [body = ''] = await bodiesIn('failed');
    expect(JSON.parse(body)).toMatchObject({
      version: '1.0',
      requestContext: {
        condition: 'RetriesExhausted',
        approximateInvokeCount: 3,
        functionArn: 'arn:aws:lambda:us-east-1:000000000000:function:Fn:$LATEST',
      },
      requestPayload: { order: 7 },
      responseContext: { statusCode: 200, executedVersion: '$LATEST', functionError: 'Unhandled' },
      responsePayload: { errorType: 'Error', errorMessage: 'no' },
    });
  });

  test('goes to the destination of a success', async () => {
    const DestinationConfig = { OnSuccess: { Destination: arnOf('Done') } };
    const code = "exports.handler = async ({ order }) => 'order ' + order";
    await start({ Done: queue('done'), Config: eventInvokeConfig({ DestinationConfig }) }, code);

    await invoke();

    await eventually(async () => (await bodiesIn('done')).length === 1);
    expect(JSON.parse((await bodiesIn('done'))[0] ?? '')).toMatchObject({
      requestContext: { condition: 'Success', approximateInvokeCount: 1 },
      responsePayload: 'order 7',
    });
  });
});

test('a user of the template is there, in the group, and goes with the template', async () => {
  const Username = 'ada';
  const Pool = { Type: 'AWS::Cognito::UserPool', Properties: { UserPoolName: 'shop' } };
  const Staff = {
    Type: 'AWS::Cognito::UserPoolGroup',
    Properties: { UserPoolId: ref('Pool'), GroupName: 'staff' },
  };
  const Guests = {
    Type: 'AWS::Cognito::UserPoolGroup',
    Properties: { UserPoolId: ref('Pool'), GroupName: 'guests' },
  };
  const Ada = {
    Type: 'AWS::Cognito::UserPoolUser',
    Properties: {
      UserPoolId: ref('Pool'),
      Username,
      UserAttributes: [{ Name: 'email', Value: 'ada@example.com' }],
      DesiredDeliveryMediums: ['EMAIL'],
    },
  };
  const member = (group: string) => ({
    Member: {
      Type: 'AWS::Cognito::UserPoolUserToGroupAttachment',
      Properties: { UserPoolId: ref('Pool'), GroupName: ref(group), Username: ref('Ada') },
    },
  });
  const resources = { Pool, Staff, Guests, Ada };
  const running = await start({ ...resources, ...member('Staff') });
  const cognito = new CognitoIdentityProviderClient({ ...config, endpoint: running.endpoint });
  const [{ code: password } = { code: '' }] = await get<{ code: string }[]>('/messages?to=ada@example.com');
  const { UserPools = [] } = await cognito.send(new ListUserPoolsCommand({ MaxResults: 1 }));
  const UserPoolId = UserPools[0]?.Id;
  const groups = async () => {
    const { Groups = [] } = await cognito.send(new AdminListGroupsForUserCommand({ UserPoolId, Username }));
    return Groups.map(({ GroupName }) => GroupName);
  };
  const update = async (app: Resources) => {
    writeSmallApp(directory, 'exports.handler = async () => {}', app);
    return running.update(new CloudAssembly(directory));
  };

  expect(password).toMatch(/\S{8}/);
  expect(await cognito.send(new AdminGetUserCommand({ UserPoolId, Username }))).toMatchObject({
    UserStatus: 'FORCE_CHANGE_PASSWORD',
  });
  expect(await groups()).toEqual(['staff']);
  expect(await update({ ...resources, ...member('Guests') })).toMatchObject({
    changed: ['Shop/Member'],
    errors: [],
  });
  expect(await groups()).toEqual(['guests']);
  await cognito.send(new AdminDeleteUserCommand({ UserPoolId, Username }));
  expect(await update({ Pool, Staff, Guests })).toMatchObject({
    changed: ['Shop/Member', 'Shop/Ada'],
    errors: [],
  });
  await expect(cognito.send(new AdminGetUserCommand({ UserPoolId, Username }))).rejects.toMatchObject({
    name: 'UserNotFoundException',
  });
});

test.each([
  [
    'user pool',
    { Type: 'AWS::Cognito::UserPool', Properties: { DeletionProtection: 'ACTIVE' } },
    'InvalidParameterException',
  ],
  [
    'table',
    {
      Type: 'AWS::DynamoDB::Table',
      Properties: {
        AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
        KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
        DeletionProtectionEnabled: true,
      },
    },
    'ValidationException',
  ],
])('a %s with deletion protection stays when the stack is deleted', async (_, Protected, code) => {
  await expect((await start({ Protected })).destroy()).rejects.toMatchObject({ code });
});

test.each(['DefinitionString', 'Definition'])(
  'a state machine can have its definition as a %s',
  async (property) => {
    const definition = { StartAt: '${First}', States: { Say: { Type: 'Pass', Result: 'hello', End: true } } };
    const Machine = {
      Type: 'AWS::StepFunctions::StateMachine',
      Properties: {
        StateMachineName: 'Machine',
        RoleArn: arnOf('Role'),
        [property]: property === 'Definition' ? definition : JSON.stringify(definition),
        DefinitionSubstitutions: { First: 'Say' },
        StateMachineType: 'EXPRESS',
      },
    };
    const { endpoint } = await start({ Machine });
    const sfn = new SFNClient({ ...config, endpoint, disableHostPrefix: true });
    const stateMachineArn = 'arn:aws:states:us-east-1:000000000000:stateMachine:Machine';

    expect(await sfn.send(new StartSyncExecutionCommand({ stateMachineArn }))).toMatchObject({
      output: '"hello"',
    });
  },
);

test('a parameter of a task that would do nothing is refused', async () => {
  const Ask = {
    Type: 'Task',
    Resource: 'arn:aws:states:::lambda:invoke',
    Parameters: { FunctionName: 'Fn', ClientContext: 'x' },
    End: true,
  };
  const Machine = {
    Type: 'AWS::StepFunctions::StateMachine',
    Properties: {
      RoleArn: arnOf('Role'),
      DefinitionString: JSON.stringify({ StartAt: 'Ask', States: { Ask } }),
    },
  };

  await expect(start({ Machine })).rejects.toThrow(
    'state Ask: the local cloud does not know the parameter ClientContext of arn:aws:states:::lambda:invoke: it knows FunctionName, Payload',
  );
});

import {
  DescribeUserPoolClientCommand,
  DescribeUserPoolCommand,
  ListGroupsCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { DescribeTableCommand } from '@aws-sdk/client-dynamodb';
import { InvokeCommand } from '@aws-sdk/client-lambda';
import { DescribeStateMachineCommand } from '@aws-sdk/client-sfn';
import { DeleteQueueCommand, GetQueueUrlCommand } from '@aws-sdk/client-sqs';
import { CloudAssembly } from '../../../local/cloudformation/cloud-assembly';
import { TestCloud } from '../../support/test-cloud';

let cloud: TestCloud;
let outputs: (name: string) => string;

const assembly = new CloudAssembly(process.env.TEST_CLOUD_ASSEMBLY as string);

beforeAll(async () => {
  cloud = await TestCloud.startEmpty();
  await cloud.deploy(assembly);
  await expect(cloud.deploy(assembly)).rejects.toThrow('destroy it before the next one');
  const names = Object.keys(assembly.stacks[0]?.template.Outputs ?? {});
  const values = new Map(names.map((name) => [name, cloud.output(name)]));
  outputs = (name) => values.get(name) ?? '';
  await cloud.destroy();
});

afterAll(() => cloud.close());

test('what the template retains is there when the stack is gone', async () => {
  const UserPoolId = outputs('UserPoolId');

  const { UserPool } = await cloud.cognito.send(new DescribeUserPoolCommand({ UserPoolId }));
  const { Table } = await cloud.dynamodb.send(new DescribeTableCommand({ TableName: outputs('TableName') }));

  expect(UserPool?.Id).toBe(UserPoolId);
  expect(Table?.TableStatus).toBe('ACTIVE');
});

test('what it does not retain is gone, and so are its outputs', async () => {
  const UserPoolId = outputs('UserPoolId');
  const ClientId = outputs('UserPoolClientId');
  const FunctionName = outputs('TriggerFunctionName');
  const stateMachineArn = outputs('StateMachineArn');
  const QueueName = outputs('RetryQueueUrl').split('/').pop();
  const notFound = { name: 'ResourceNotFoundException' };

  await expect(cloud.lambda.send(new InvokeCommand({ FunctionName }))).rejects.toMatchObject(notFound);
  await expect(
    cloud.cognito.send(new DescribeUserPoolClientCommand({ UserPoolId, ClientId })),
  ).rejects.toMatchObject(notFound);
  await expect(cloud.sfn.send(new DescribeStateMachineCommand({ stateMachineArn }))).rejects.toMatchObject({
    name: 'StateMachineDoesNotExist',
  });
  await expect(cloud.sqs.send(new GetQueueUrlCommand({ QueueName }))).rejects.toMatchObject({
    name: 'QueueDoesNotExist',
  });
  const { Groups } = await cloud.cognito.send(new ListGroupsCommand({ UserPoolId }));
  expect(Groups).toEqual([]);
  expect(() => cloud.output('TableName')).toThrow('no output');
});

describe('after a failure', () => {
  const broken = (logicalIdOf: string, properties: object) => {
    const copy = new CloudAssembly(process.env.TEST_CLOUD_ASSEMBLY as string);
    for (const resource of Object.values(copy.stacks[0]?.template.Resources ?? {})) {
      if (resource.Type === logicalIdOf) Object.assign(resource.Properties ?? {}, properties);
    }
    return copy;
  };
  let repeated: TestCloud;

  beforeAll(async () => {
    repeated = await TestCloud.startEmpty();
  });

  afterAll(() => repeated.close());

  test('a stack can be deployed, since the failed one has left nothing', async () => {
    const type = 'AWS::Lambda::EventSourceMapping';

    for (let attempt = 0; attempt < 2; attempt += 1) {
      const message = await repeated.deploy(broken(type, { FunctionName: 'nope' })).catch(String);
      expect(message).toContain('nope');
      expect(message).not.toContain('the rollback failed');
    }

    await repeated.deploy(broken('none', {}));
    expect(await repeated.groupsOf(await repeated.signUpAndConfirm())).toEqual(['users']);
  });

  test('a stack can be destroyed although somebody has deleted a part of it', async () => {
    const table = new DescribeTableCommand({ TableName: repeated.output('TableName') });
    const FunctionName = repeated.output('TriggerFunctionName');
    await repeated.sqs.send(new DeleteQueueCommand({ QueueUrl: repeated.output('RetryQueueUrl') }));

    await repeated.destroy();

    expect((await repeated.dynamodb.send(table)).Table?.TableStatus).toBe('ACTIVE');
    await expect(repeated.lambda.send(new InvokeCommand({ FunctionName }))).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
    });
  });
});

import { GetItemCommand } from '@aws-sdk/client-dynamodb';
import { CfnOutput, Stack } from 'aws-cdk-lib';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import {
  AwsCustomResource,
  AwsCustomResourcePolicy,
  type AwsSdkCall,
  PhysicalResourceId,
} from 'aws-cdk-lib/custom-resources';
import { type Neighbourhood, synthesized } from '../../support/neighbours';
import { TestCloud } from '../../support/test-cloud';

let cloud: TestCloud;

beforeEach(async () => {
  cloud = await TestCloud.startEmpty();
});

afterEach(() => cloud.close());

function sdkCall(stack: Stack, id: string, call: Omit<AwsSdkCall, 'physicalResourceId'>): AwsCustomResource {
  return new AwsCustomResource(stack, id, {
    onCreate: { ...call, physicalResourceId: PhysicalResourceId.of(id) },
    policy: AwsCustomResourcePolicy.fromSdkCalls({ resources: AwsCustomResourcePolicy.ANY_RESOURCE }),
  });
}

const putObject = (stack: Stack) =>
  sdkCall(stack, 'Upload', { service: 'S3', action: 'putObject', parameters: { Bucket: 'photos' } });

test('a call of the SDK to a service that is not played does nothing, and is named', async () => {
  const add = ({ stack }: Neighbourhood) => {
    new CfnOutput(stack, 'ETag', { value: putObject(stack).getResponseField('ETag') });
  };

  await cloud.deploy(synthesized({ add }));

  expect(cloud.notes.join('\n')).toContain('not played: 1 Custom::AWS');
  expect(cloud.notes.join('\n')).toMatch(
    /the output ETag of Shop is left out: .+ Upload\w+\.ETag of a Custom::AWS/,
  );
});

test('what reads the data of such a call is refused, and named', async () => {
  const add = ({ stack, lambda }: Neighbourhood) => {
    lambda({ environment: { ETAG: putObject(stack).getResponseField('ETag') } });
  };

  await expect(cloud.deploy(synthesized({ add }))).rejects.toThrow(
    /^Other\w+: the local cloud does not know the attribute Upload\w+\.ETag of a Custom::AWS$/,
  );
});

test('a call of the SDK to a service that is played is made, with the SDK that is there', async () => {
  const add = ({ stack, onboarding }: Neighbourhood) => {
    const Item = { PK: { S: 'root' }, SK: { S: 'seed' }, size: { N: '7' } };
    const parameters = { TableName: onboarding.table.tableName, Item };
    sdkCall(stack, 'Seed', { service: 'DynamoDB', action: 'putItem', parameters });
  };

  await cloud.deploy(synthesized({ add }));

  const { Item } = await cloud.dynamodb.send(
    new GetItemCommand({
      TableName: cloud.output('TableName'),
      Key: { PK: { S: 'root' }, SK: { S: 'seed' } },
    }),
  );
  expect(Item).toMatchObject({ size: { N: '7' } });
});

test('a stack refers to a resource in another region', async () => {
  const env = { account: '111122223333', region: 'us-east-1' };
  const add = ({ app, stack }: Neighbourhood) => {
    const second = new Stack(app, 'Second', {
      env: { ...env, region: 'eu-west-1' },
      crossRegionReferences: true,
    });
    new CfnOutput(second, 'QueueElsewhere', { value: new Queue(stack, 'Orders').queueArn });
  };

  await cloud.deploy(synthesized({ env, add }));

  expect(cloud.output('QueueElsewhere')).toMatch(/^arn:aws:sqs:us-east-1:111122223333:Shop-Orders\w+$/);
  expect(cloud.notes.join('\n')).not.toContain('Custom::');
});

import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, GetCommand } from '@aws-sdk/lib-dynamodb';
import { awsClientConfig } from '../aws-client/config';
import { describeError } from '../aws-client/describe-error';
import type { ConfirmedUser } from '../onboarding/confirmed-user';
import { eventPendingAttribute, requiredEnvironmentVariable } from '../onboarding/environment';
import { keyTemplates, recordKey } from '../onboarding/record-key';

const dynamodb = DynamoDBDocumentClient.from(
  new DynamoDBClient({ ...awsClientConfig(500), endpointDiscoveryEnabled: false }),
);

/**
 * Whether the user has a record in the table named by `TABLE_NAME`, by a consistent read, and so is done. A
 * record whose event is still to be published does not count.
 *
 * The answer is also no if the table cannot be read: an execution does no harm to a user who is onboarded.
 */
export async function hasRecord(user: ConfirmedUser): Promise<boolean> {
  try {
    return await readRecord(user);
  } catch (error) {
    console.warn({ event: 'RecordNotRead', sub: user.sub, ...describeError(error) });
    return false;
  }
}

async function readRecord(user: ConfirmedUser): Promise<boolean> {
  const Key = recordKey(user, keyTemplates());
  const [partitionKey = ''] = Object.keys(Key);
  const pending = eventPendingAttribute();
  const { Item } = await dynamodb.send(
    new GetCommand({
      TableName: requiredEnvironmentVariable('TABLE_NAME'),
      Key,
      ProjectionExpression: pending ? '#key,#pending' : '#key',
      ExpressionAttributeNames: { '#key': partitionKey, ...(pending && { '#pending': pending }) },
      ConsistentRead: true,
    }),
  );
  return Item !== undefined && !(pending && Object.hasOwn(Item, pending));
}

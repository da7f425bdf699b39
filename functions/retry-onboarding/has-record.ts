import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, GetCommand } from '@aws-sdk/lib-dynamodb';
import { awsClientConfig } from '../aws-client/config';
import { describeError } from '../aws-client/describe-error';
import type { ConfirmedUser } from '../onboarding/confirmed-user';
import { keyTemplates, recordKey } from '../onboarding/record-key';

const dynamodb = DynamoDBDocumentClient.from(
  new DynamoDBClient({ ...awsClientConfig(500), endpointDiscoveryEnabled: false }),
);

/**
 * Whether the user has a record in the table named by `TABLE_NAME`, by a consistent read, and so is done.
 *
 * The answer is no without a `TABLE_NAME`, where an event follows the record, and also if the table cannot be
 * read: an execution does no harm to a user who is onboarded.
 */
export async function hasRecord(user: ConfirmedUser): Promise<boolean> {
  const { TABLE_NAME } = process.env;
  if (!TABLE_NAME) return false;
  try {
    return await readRecord(user, TABLE_NAME);
  } catch (error) {
    console.warn({ event: 'RecordNotRead', sub: user.sub, ...describeError(error) });
    return false;
  }
}

async function readRecord(user: ConfirmedUser, TableName: string): Promise<boolean> {
  const Key = recordKey(user, keyTemplates());
  const [partitionKey = ''] = Object.keys(Key);
  const { Item } = await dynamodb.send(
    new GetCommand({
      TableName,
      Key,
      ProjectionExpression: '#key',
      ExpressionAttributeNames: { '#key': partitionKey },
      ConsistentRead: true,
    }),
  );
  return Item !== undefined;
}

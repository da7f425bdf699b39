import { ConditionalCheckFailedException, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, PutCommand } from '@aws-sdk/lib-dynamodb';
import { type ConfirmedUser, parseConfirmedUser } from './shared/confirmed-user';
import { requiredEnvironmentVariable } from './shared/environment';
import { EXAMPLE_USER } from './shared/example-user';
import { primeWith } from './shared/primed-agent';
import { recordFormat } from './shared/record-format';
import { taskClientConfig } from './shared/task-client';
import type { TaskInput } from './shared/task-input';
import { userRecord } from './shared/user-record';

const dynamodb = DynamoDBDocumentClient.from(
  new DynamoDBClient({ ...taskClientConfig(), endpointDiscoveryEnabled: false }),
);

/**
 * Puts the user's record into the table named by `TABLE_NAME`, unless it is there already.
 *
 * @returns whether this call created the record.
 * @throws DynamoDB's own errors, by which the state machine decides what to retry.
 */
export async function handler({ confirmedUser, executionArn }: TaskInput): Promise<{ created: boolean }> {
  const user = parseConfirmedUser(confirmedUser);
  const created = await putUnlessPresent(user);
  console.info({
    event: created ? 'UserRecordCreated' : 'UserRecordAlreadyPresent',
    sub: user.sub,
    executionArn,
  });
  return { created };
}

/** Does in Lambda's init what the first user would wait for. */
export const prime = () => primeWith(() => putUnlessPresent(parseConfirmedUser(EXAMPLE_USER)));

async function putUnlessPresent(user: ConfirmedUser): Promise<boolean> {
  const format = recordFormat();
  const initialAttributes = JSON.parse(requiredEnvironmentVariable('INITIAL_ATTRIBUTES'));
  try {
    await dynamodb.send(
      new PutCommand({
        TableName: requiredEnvironmentVariable('TABLE_NAME'),
        Item: { ...userRecord(user, format, new Date()), ...initialAttributes },
        ConditionExpression: 'attribute_not_exists(#key)',
        ExpressionAttributeNames: { '#key': format.partitionKey },
      }),
    );
    return true;
  } catch (error) {
    // Duplicate triggers, redelivered messages and aborted executions end here: the record is the first one's.
    if (error instanceof ConditionalCheckFailedException) return false;
    throw error;
  }
}

import { ConditionalCheckFailedException, DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import { awsClientConfig } from './shared/aws-client';
import { parseConfirmedUser } from './shared/confirmed-user';
import { requiredEnvironmentVariable } from './shared/environment';
import { EXAMPLE_USER } from './shared/example-user';
import { primeWith } from './shared/primed-agent';
import type { TaskInput } from './shared/task-input';
import { type UserRecord, userRecord } from './shared/user-record';

const dynamodb = new DynamoDBClient(awsClientConfig(800));

/**
 * Puts the user's record into the table named by `TABLE_NAME`, unless it is there already.
 *
 * @returns whether this call created the record.
 * @throws DynamoDB's own errors, by which the state machine decides what to retry.
 */
export async function handler({ confirmedUser, executionArn }: TaskInput): Promise<{ created: boolean }> {
  const user = parseConfirmedUser(confirmedUser);
  const created = await putUnlessPresent(userRecord(user, new Date()));
  console.info({
    event: created ? 'UserRecordCreated' : 'UserRecordAlreadyPresent',
    sub: user.sub,
    executionArn,
  });
  return { created };
}

/** Does in Lambda's init what the first user would wait for. */
export const prime = () =>
  primeWith(() => putUnlessPresent(userRecord(parseConfirmedUser(EXAMPLE_USER), new Date())));

async function putUnlessPresent(record: UserRecord): Promise<boolean> {
  try {
    await dynamodb.send(
      new PutItemCommand({
        TableName: requiredEnvironmentVariable('TABLE_NAME'),
        Item: marshall(record),
        ConditionExpression: 'attribute_not_exists(PK)',
      }),
    );
    return true;
  } catch (error) {
    // Duplicate triggers, redelivered messages and aborted executions end here: the record is the first one's.
    if (error instanceof ConditionalCheckFailedException) return false;
    throw error;
  }
}

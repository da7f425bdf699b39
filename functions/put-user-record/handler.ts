import { ConditionalCheckFailedException, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, PutCommand } from '@aws-sdk/lib-dynamodb';
import { primeWith } from '../aws-client/primed-agent';
import { taskClientConfig } from '../aws-client/task-client';
import { type ConfirmedUser, parseConfirmedUser } from '../onboarding/confirmed-user';
import { requiredEnvironmentVariable } from '../onboarding/environment';
import { EXAMPLE_USER } from '../onboarding/example-user';
import { recordFormat } from '../onboarding/record-format';
import type { TaskInput } from '../onboarding/task-input';
import { userRecord } from './user-record';

const dynamodb = DynamoDBDocumentClient.from(
  new DynamoDBClient({ ...taskClientConfig(), endpointDiscoveryEnabled: false }),
);

/**
 * Puts the user's record into the table named by `TABLE_NAME`, unless it is there already.
 *
 * @returns whether this call created the record.
 * @throws DynamoDB's own errors; their names tell the state machine what to retry.
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

/** Does the work in Lambda's init that the first user would otherwise wait for. */
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
    // Duplicate triggers, redelivered messages and aborted executions end here: the first record stays.
    if (error instanceof ConditionalCheckFailedException) return false;
    throw error;
  }
}

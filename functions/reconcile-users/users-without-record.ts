import { setTimeout as delay } from 'node:timers/promises';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { BatchGetCommand, DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { awsClientConfig } from '../aws-client/config';
import type { ConfirmedUser } from '../onboarding/confirmed-user';
import { eventPendingAttribute, requiredEnvironmentVariable } from '../onboarding/environment';
import { keyTemplates, recordKey } from '../onboarding/record-key';

const MAX_ATTEMPTS = 5;

const dynamodb = DynamoDBDocumentClient.from(
  new DynamoDBClient({ ...awsClientConfig(3_000), endpointDiscoveryEnabled: false }),
);

/**
 * Finds the users without a record in the table named by `TABLE_NAME`. A record whose event is still to be
 * published does not count.
 *
 * @param users at most 100, the limit of BatchGetItem.
 * @throws Error if DynamoDB leaves keys unprocessed again and again; its name is
 * `ProvisionedThroughputExceededException`.
 */
export async function findUsersWithoutRecord(users: readonly ConfirmedUser[]): Promise<ConfirmedUser[]> {
  const templates = keyTemplates();
  const keyOf = (user: ConfirmedUser) => recordKey(user, templates);
  const without = async (candidates: readonly ConfirmedUser[], ConsistentRead: boolean) => {
    const found = await findKeys(candidates.map(keyOf), ConsistentRead);
    return candidates.filter((user) => !found.has(textOf(keyOf(user))));
  };
  // Eventually consistent reads cost half. They are only wrong about a record that has just been changed.
  return without(await without(users, false), true);
}

/** A key as text, whatever the order of its attributes. */
function textOf(key: Record<string, unknown>): string {
  return JSON.stringify(Object.entries(key).sort());
}

async function findKeys(keys: Record<string, string>[], ConsistentRead: boolean): Promise<Set<string>> {
  const pending = eventPendingAttribute();
  const names = [...Object.keys(keys[0] ?? {}), ...(pending ? [pending] : [])];
  const table = requiredEnvironmentVariable('TABLE_NAME');
  const found = new Set<string>();
  let unprocessed: Record<string, unknown>[] = keys;
  for (let attempt = 1; unprocessed.length > 0; attempt += 1) {
    if (attempt > MAX_ATTEMPTS) throw new UnprocessedKeysError(unprocessed.length);
    if (attempt > 1) await delay(50 * 2 ** attempt);
    const { Responses, UnprocessedKeys } = await dynamodb.send(
      new BatchGetCommand({
        RequestItems: {
          [table]: {
            Keys: unprocessed,
            ProjectionExpression: names.map((_, index) => `#key${index}`).join(),
            ExpressionAttributeNames: Object.fromEntries(names.map((name, index) => [`#key${index}`, name])),
            ConsistentRead,
          },
        },
      }),
    );
    for (const item of Responses?.[table] ?? []) {
      if (!pending || !Object.hasOwn(item, pending)) found.add(textOf(item));
    }
    unprocessed = UnprocessedKeys?.[table]?.Keys ?? [];
  }
  return found;
}

/** Has DynamoDB's name for the cause, so that the state machine waits and tries the page again. */
class UnprocessedKeysError extends Error {
  override readonly name = 'ProvisionedThroughputExceededException';

  constructor(keys: number) {
    super(`DynamoDB left ${keys} keys unprocessed ${MAX_ATTEMPTS} times`);
  }
}

import { type AttributeValue, DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import { describeError } from '../aws-client/describe-error';
import { primeWith } from '../aws-client/primed-agent';
import { taskClientConfig } from '../aws-client/task-client';
import { type ConfirmedUser, parseConfirmedUser } from '../onboarding/confirmed-user';
import { eventPendingAttribute, requiredEnvironmentVariable } from '../onboarding/environment';
import { EXAMPLE_USER } from '../onboarding/example-user';
import { keyTemplates, recordKey } from '../onboarding/record-key';
import type { TaskInput } from '../onboarding/task-input';
import { placeholdersIn, type Template } from '../onboarding/template';
import { indexKeys, unfitForIndex } from './index-keys';
import { type RecordSource, recordAttributes } from './user-record';

// Without the document client, which would add 5 KB to the bundle.
const dynamodb = new DynamoDBClient({ ...taskClientConfig(), endpointDiscoveryEnabled: false });

/** What the state machine learns of the record. */
export interface PutResult {
  /** Whether this call created the record. */
  readonly created: boolean;
  /** The record's key in the form of DynamoDB's API, if the state machine has to change the record later. */
  readonly key?: Record<string, AttributeValue>;
}

/**
 * Puts the user's record into the table named by `TABLE_NAME`, unless it is there already. Its templates are in
 * `RECORD_KEY` and `RECORD_ATTRIBUTES`. A value that does not fit the key of an index (`INDEX_KEYS`) is left
 * out, with a warning. Where an event follows the record, `EVENT_PENDING_ATTRIBUTE` marks a new record until the
 * event is published.
 *
 * @throws InvalidInputError for a user who lacks an attribute of the record's key, or whose key is too long.
 * @throws AttributeUnknownError if an attribute of the record was not asked for.
 * @throws DynamoDB's own errors; their names tell the state machine what to retry.
 */
export async function handler({ confirmedUser, executionArn, group, steps }: TaskInput): Promise<PutResult> {
  const user = parseConfirmedUser(confirmedUser);
  const { key, item, leftOut } = itemOf({ user, group, steps, now: new Date() });
  const log = { sub: user.sub, executionArn };
  if (leftOut.length > 0) console.warn({ event: 'IndexKeysLeftOut', attributes: leftOut, ...log });
  const created = await putUnlessPresent(item);
  console.info({ event: created ? 'UserRecordCreated' : 'UserRecordAlreadyPresent', ...log });
  return { created, ...(eventPendingAttribute() && { key: marshall(key) }) };
}

/** Does the work in Lambda's init that the first user would otherwise wait for. */
export const prime = () =>
  primeWith(async () => {
    const { item } = itemOf({ user: parseConfirmedUser(exampleUser()), now: new Date() });
    await putUnlessPresent(item);
  });

/** The example user, with every attribute that the record is made of. */
function exampleUser(): ConfirmedUser {
  const named = placeholdersIn([keyTemplates(), attributeTemplates()]).map((name) => [name, 'example']);
  return { ...EXAMPLE_USER, attributes: { ...EXAMPLE_USER.attributes, ...Object.fromEntries(named) } };
}

function attributeTemplates(): Readonly<Record<string, Template>> {
  return JSON.parse(requiredEnvironmentVariable('RECORD_ATTRIBUTES'));
}

/** The record of a user, and the names of the attributes that do not fit the key of an index. */
function itemOf(source: RecordSource) {
  const attributes = recordAttributes(attributeTemplates(), source);
  const leftOut = unfitForIndex(attributes, indexKeys());
  for (const name of leftOut) delete attributes[name];
  const key = recordKey(source.user, keyTemplates());
  const pending = eventPendingAttribute();
  return { key, item: { ...key, ...attributes, ...(pending && { [pending]: true }) }, leftOut };
}

async function putUnlessPresent(item: Record<string, unknown>): Promise<boolean> {
  try {
    await dynamodb.send(
      new PutItemCommand({
        TableName: requiredEnvironmentVariable('TABLE_NAME'),
        Item: marshall(item),
        ConditionExpression: 'attribute_not_exists(#key)',
        ExpressionAttributeNames: { '#key': Object.keys(keyTemplates())[0] as string },
      }),
    );
    return true;
  } catch (error) {
    // Duplicate triggers, redelivered messages and aborted executions end here: the first record stays.
    if (describeError(error).error === 'ConditionalCheckFailedException') return false;
    throw error;
  }
}

import { AwsError, type Input } from '../aws/api';

type Item = Record<string, Record<string, unknown>>;

interface BatchRequest {
  readonly PutRequest?: { readonly Item?: Item };
  readonly DeleteRequest?: { readonly Key?: Item };
}

const AND = /\s+and\s+/i;

/**
 * The partition keys that a call reads or writes (`dynamodb:LeadingKeys`); undefined for a scan.
 *
 * @param input the input of the call; for a batch, the part for one table.
 * @throws AwsError AccessDeniedException for a query whose partition key cannot be found, ValidationException
 * for a key without a type or with several types.
 * @see https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/specifying-conditions.html
 */
export function leadingKeysOf(action: string, input: Input, partitionKey: string): string[] | undefined {
  const keysIn = (items: readonly (Item | undefined)[]) => {
    return items.flatMap((item) => {
      const value = item?.[partitionKey];
      return value === undefined ? [] : [keyIn(value)];
    });
  };
  if (action === 'Scan') return undefined;
  if (action === 'Query') return [queriedKey(input, partitionKey)];
  if (action === 'BatchGetItem') return keysIn(listOf<Item>(input.Keys));
  if (action === 'BatchWriteItem') {
    const requests = listOf<BatchRequest>(input);
    return keysIn(
      requests.flatMap(({ PutRequest, DeleteRequest }) => [PutRequest?.Item, DeleteRequest?.Key]),
    );
  }
  return keysIn([(action === 'PutItem' ? input.Item : input.Key) as Item | undefined]);
}

/** The content of an attribute value. With several, IAM does not guess which one the table would use. */
function keyIn(attributeValue: Record<string, unknown>): string {
  const members = Object.values(attributeValue);
  if (members.length === 1) return String(members[0]);
  const found = members.length === 0 ? 'is empty' : 'has more than one datatypes set';
  throw new AwsError(
    'ValidationException',
    `Supplied AttributeValue ${found}, must contain exactly one of the supported datatypes`,
  );
}

function listOf<T>(value: unknown): readonly T[] {
  return Array.isArray(value) ? value : [];
}

/** A key condition has exactly one equality for the partition key, alone or with one for the sort key. */
function queriedKey(input: Input, partitionKey: string): string {
  const { KeyConditionExpression, ExpressionAttributeNames = {}, ExpressionAttributeValues = {} } = input;
  const names = ExpressionAttributeNames as Record<string, unknown>;
  const values = ExpressionAttributeValues as Item;
  for (const condition of String(KeyConditionExpression).split(AND)) {
    const [, name = '', placeholder = ''] = /^[\s(]*([\w#.-]+)\s*=\s*(:\w+)[\s)]*$/.exec(condition) ?? [];
    const value = values[placeholder];
    if ((names[name] ?? name) === partitionKey && value !== undefined) return keyIn(value);
  }
  throw new AwsError(
    'AccessDeniedException',
    `the local cloud cannot find the partition key of the query "${KeyConditionExpression}"`,
  );
}

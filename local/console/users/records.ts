import { type AwsService, type Input, perform } from '../../aws/api';

/** A value as DynamoDB's API writes it, such as `{ S: 'text' }`. */
export type AttributeValue = Record<string, unknown>;

/** An item of a table, by the names of its attributes. */
export type Item = Record<string, AttributeValue>;

/** How a user can be found in an item. */
interface Named {
  readonly sub: string;
  readonly username: string;
}

interface ScanPage {
  readonly Items: readonly Item[];
  readonly LastEvaluatedKey?: unknown;
}

/**
 * The items of some tables with a user by the `sub`: part of a value is the `sub`, or a whole one the username.
 *
 * It scans, because the table of an application may have any keys and attributes.
 *
 * @throws AwsError that DynamoDB answers.
 */
export async function itemsOf(
  dynamodb: AwsService,
  tableNames: readonly string[],
  users: readonly Named[],
): Promise<Map<string, Item[]>> {
  const found = new Map<string, Item[]>();
  if (users.length === 0) return found;
  for (const tableName of tableNames) {
    for await (const item of itemsIn(dynamodb, tableName)) collect(item, users, found);
  }
  return found;
}

async function* itemsIn(dynamodb: AwsService, TableName: string) {
  let start: unknown;
  do {
    const input: Input = { TableName, ...(start !== undefined && { ExclusiveStartKey: start }) };
    const { Items, LastEvaluatedKey }: ScanPage = await perform(dynamodb, 'Scan', input);
    yield* Items;
    start = LastEvaluatedKey;
  } while (start !== undefined);
}

function collect(item: Item, users: readonly Named[], found: Map<string, Item[]>): void {
  const texts = Object.values(item).map(plainValue).flatMap(textsIn);
  for (const { sub, username } of users) {
    if (texts.some((text) => text.includes(sub) || text === username))
      found.set(sub, [...(found.get(sub) ?? []), item]);
  }
}

/** The texts in a value, but not the names of its members. */
function textsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  return Object.values(Object(value)).flatMap(textsIn);
}

/** A value without DynamoDB's types. A number stays text, as it may have more digits than JavaScript knows. */
export function plainValue(value: AttributeValue): unknown {
  const [[type = '', content] = []] = Object.entries(value);
  if (type === 'NULL') return null;
  if (type === 'L') return (content as AttributeValue[]).map(plainValue);
  if (type !== 'M') return content;
  return Object.fromEntries(
    Object.entries(content as Item).map(([name, member]) => [name, plainValue(member)]),
  );
}

import { AwsError, type Input } from '../../local/aws/api';
import type { AppResource } from '../app/app';
import type { Clock } from '../clock/clock';
import type { Random } from '../clock/random';
import type { Faults } from './faults';
import type { Actions } from './network';

/** An item in the form of the API: each attribute with its type. */
export type Item = Record<string, unknown>;

interface TableProperties {
  readonly KeySchema: readonly { readonly AttributeName: string }[];
}

interface StoredItem {
  readonly item: Item;
  /** When every reader sees it, in ms since 1970. */
  readonly visibleToAllAt: number;
  /** What a lagging reader sees until then, if there was an item before. */
  readonly before?: Item;
}

interface KeysAndAttributes {
  readonly Keys: Item[];
  readonly ConsistentRead?: boolean;
  readonly ProjectionExpression?: string;
  readonly ExpressionAttributeNames?: Record<string, string>;
}

/** A table, with its items by their keys. */
interface StoredTable {
  readonly keyNames: readonly string[];
  readonly items: Map<string, StoredItem>;
}

/** How long an eventually consistent read may see what was there before, in ms. */
const LONGEST_LAG = 1_000;

/** DynamoDB: tables with conditional writes, lagging reads and unprocessed keys. */
export class DynamoDB {
  /** By their names. */
  private readonly tables: ReadonlyMap<string, StoredTable>;

  constructor(
    tables: readonly AppResource<TableProperties>[],
    private readonly clock: Clock,
    private readonly random: Random,
    private readonly faults: Faults,
    private readonly onPut: (table: string, item: Item, previous: Item | undefined) => void,
    private readonly onUpdate: (item: Item) => void,
  ) {
    this.tables = new Map(
      tables.map(({ ref, properties }) => {
        const keyNames = properties.KeySchema.map(({ AttributeName }) => AttributeName);
        return [ref, { keyNames, items: new Map() }];
      }),
    );
  }

  readonly actions: Actions = {
    PutItem: (input) => this.putItem(input),
    UpdateItem: (input) => this.updateItem(input),
    GetItem: ({ TableName, Key, ConsistentRead, ...projection }) => {
      const item = this.read(this.find(TableName), Key as Item, Boolean(ConsistentRead));
      return item ? { Item: projected(item, projection) } : {};
    },
    BatchGetItem: ({ RequestItems }) => this.batchGetItem(RequestItems as Record<string, KeysAndAttributes>),
  };

  private putItem({ TableName, Item: item, ...condition }: Input) {
    const { items, keyNames } = this.find(TableName);
    const key = keyOf(item as Item, keyNames);
    const previous = items.get(key)?.item;
    assertHolds(condition, previous);
    items.set(key, this.stored(item as Item, previous));
    this.onPut(String(TableName), item as Item, previous);
    return {};
  }

  private updateItem({ TableName, Key, UpdateExpression, ...condition }: Input) {
    const { items, keyNames } = this.find(TableName);
    const key = keyOf(Key as Item, keyNames);
    const previous = items.get(key)?.item;
    assertHolds(condition, previous);
    const removed = removedBy(String(UpdateExpression), condition.ExpressionAttributeNames);
    const attributes = Object.entries(previous ?? (Key as Item)).filter(([name]) => name !== removed);
    const item = Object.fromEntries(attributes);
    items.set(key, this.stored(item, previous));
    this.onUpdate(item);
    return {};
  }

  private stored(item: Item, before: Item | undefined): StoredItem {
    return { item, visibleToAllAt: this.clock.now() + this.random.integer(0, LONGEST_LAG), before };
  }

  private batchGetItem(requests: Record<string, KeysAndAttributes>) {
    const entries = Object.entries(requests).map(([name, { Keys, ...rest }]) => {
      const table = this.find(name);
      const unprocessed = Keys.filter(() => this.faults.strike('unprocessed keys'));
      const items = Keys.filter((key) => !unprocessed.includes(key))
        .map((key) => this.read(table, key, Boolean(rest.ConsistentRead)))
        .filter((item) => item !== undefined)
        .map((item) => projected(item, rest));
      return { name, items, unprocessed, rest };
    });
    const left = entries.filter(({ unprocessed }) => unprocessed.length > 0);
    return {
      Responses: Object.fromEntries(entries.map(({ name, items }) => [name, items])),
      UnprocessedKeys: Object.fromEntries(
        left.map(({ name, unprocessed, rest }) => [name, { ...rest, Keys: unprocessed }]),
      ),
    };
  }

  private read({ items, keyNames }: StoredTable, key: Item, consistent: boolean): Item | undefined {
    const stored = items.get(keyOf(key, keyNames));
    if (!stored) return undefined;
    const isVisible = consistent || stored.visibleToAllAt <= this.clock.now() || this.random.chance(0.5);
    return isVisible ? stored.item : stored.before;
  }

  private find(name: unknown): StoredTable {
    const table = this.tables.get(String(name));
    if (!table) throw new AwsError('ResourceNotFoundException', 'Requested resource not found');
    return table;
  }
}

function keyOf(item: Item, keyNames: readonly string[]): string {
  return JSON.stringify(keyNames.map((name) => item[name]));
}

/** The attributes that a projection expression names; all of them without one. */
function projected(
  item: Item,
  {
    ProjectionExpression,
    ExpressionAttributeNames = {},
  }: Pick<KeysAndAttributes, 'ProjectionExpression' | 'ExpressionAttributeNames'>,
): Item {
  if (!ProjectionExpression) return item;
  const names = ProjectionExpression.split(',').map(
    (name) => ExpressionAttributeNames[name.trim()] ?? name.trim(),
  );
  return Object.fromEntries(Object.entries(item).filter(([name]) => names.includes(name)));
}

/** @throws AwsError ConditionalCheckFailedException for a condition that does not hold. */
function assertHolds({ ConditionExpression, ExpressionAttributeNames }: Input, item: Item | undefined): void {
  if (!ConditionExpression || holds(String(ConditionExpression), item, ExpressionAttributeNames)) return;
  throw new AwsError('ConditionalCheckFailedException', 'The conditional request failed');
}

/**
 * The attribute that an update removes.
 *
 * @throws Error for an update that the model does not know.
 */
function removedBy(expression: string, names: unknown): string {
  const [, name] = /^REMOVE ([#\w]+)$/.exec(expression) ?? [];
  if (!name) throw new Error(`there is no model of the update ${expression}`);
  return (names as Record<string, string> | undefined)?.[name] ?? name;
}

/** @throws Error for a condition that the model does not know. */
function holds(condition: string, item: Item | undefined, names: unknown): boolean {
  const [, test, name = ''] = /^attribute_(not_exists|exists)\(([#\w]+)\)$/.exec(condition) ?? [];
  if (!test) throw new Error(`there is no model of the condition ${condition}`);
  const attribute = (names as Record<string, string> | undefined)?.[name] ?? name;
  const exists = item !== undefined && attribute in item;
  return test === 'exists' ? exists : !exists;
}

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
}

interface KeysAndAttributes {
  readonly Keys: Item[];
  readonly ConsistentRead?: boolean;
  readonly ProjectionExpression?: string;
  readonly ExpressionAttributeNames?: Record<string, string>;
}

/** How long an eventually consistent read may miss an item, in ms. */
const LONGEST_LAG = 1_000;

/** DynamoDB: one table with conditional writes, lagging reads and unprocessed keys. */
export class DynamoDB {
  private readonly items = new Map<string, StoredItem>();
  private readonly keyNames: readonly string[];

  constructor(
    private readonly table: AppResource<TableProperties>,
    private readonly clock: Clock,
    private readonly random: Random,
    private readonly faults: Faults,
    private readonly onPut: (item: Item, previous: Item | undefined) => void,
  ) {
    this.keyNames = table.properties.KeySchema.map(({ AttributeName }) => AttributeName);
  }

  readonly actions: Actions = {
    PutItem: (input) => this.putItem(input),
    GetItem: ({ TableName, Key, ConsistentRead, ...projection }) => {
      this.assertExists(TableName);
      const item = this.read(Key as Item, Boolean(ConsistentRead));
      return item ? { Item: projected(item, projection) } : {};
    },
    BatchGetItem: ({ RequestItems }) => this.batchGetItem(RequestItems as Record<string, KeysAndAttributes>),
  };

  get size(): number {
    return this.items.size;
  }

  /** All items that contain a text. */
  find(text: string): Item | undefined {
    return [...this.items.values()].find(({ item }) => JSON.stringify(item).includes(text))?.item;
  }

  private putItem({ TableName, Item: item, ConditionExpression, ExpressionAttributeNames }: Input) {
    this.assertExists(TableName);
    const key = this.keyOf(item as Item);
    const previous = this.items.get(key)?.item;
    if (ConditionExpression && !holds(String(ConditionExpression), previous, ExpressionAttributeNames)) {
      throw new AwsError('ConditionalCheckFailedException', 'The conditional request failed');
    }
    const visibleToAllAt = this.clock.now() + this.random.integer(0, LONGEST_LAG);
    this.items.set(key, { item: item as Item, visibleToAllAt });
    this.onPut(item as Item, previous);
    return {};
  }

  private batchGetItem(requests: Record<string, KeysAndAttributes>) {
    const entries = Object.entries(requests).map(([table, { Keys, ...rest }]) => {
      this.assertExists(table);
      const unprocessed = Keys.filter(() => this.faults.strike('unprocessed keys'));
      const items = Keys.filter((key) => !unprocessed.includes(key))
        .map((key) => this.read(key, Boolean(rest.ConsistentRead)))
        .filter((item) => item !== undefined)
        .map((item) => projected(item, rest));
      return { table, items, unprocessed, rest };
    });
    const left = entries.filter(({ unprocessed }) => unprocessed.length > 0);
    return {
      Responses: Object.fromEntries(entries.map(({ table, items }) => [table, items])),
      UnprocessedKeys: Object.fromEntries(
        left.map(({ table, unprocessed, rest }) => [table, { ...rest, Keys: unprocessed }]),
      ),
    };
  }

  private read(key: Item, consistent: boolean): Item | undefined {
    const stored = this.items.get(this.keyOf(key));
    if (!stored) return undefined;
    const isVisible = consistent || stored.visibleToAllAt <= this.clock.now() || this.random.chance(0.5);
    return isVisible ? stored.item : undefined;
  }

  private keyOf(item: Item): string {
    return JSON.stringify(this.keyNames.map((name) => item[name]));
  }

  private assertExists(table: unknown): void {
    if (table !== this.table.ref)
      throw new AwsError('ResourceNotFoundException', 'Requested resource not found');
  }
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

/** @throws Error for a condition that the model does not know. */
function holds(condition: string, item: Item | undefined, names: unknown): boolean {
  const [, test, name = ''] = /^attribute_(not_exists|exists)\(([#\w]+)\)$/.exec(condition) ?? [];
  if (!test) throw new Error(`there is no model of the condition ${condition}`);
  const attribute = (names as Record<string, string> | undefined)?.[name] ?? name;
  const exists = item !== undefined && attribute in item;
  return test === 'exists' ? exists : !exists;
}

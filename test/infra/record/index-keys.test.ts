import { Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { AttributeType, type ITable, Table, TableV2 } from 'aws-cdk-lib/aws-dynamodb';
import { EventBus } from 'aws-cdk-lib/aws-events';
import { UserOnboarding } from '../../../infra/user-onboarding';
import { refusalOf } from '../../support/refusal';
import { testApp } from '../../support/stack';

const { STRING, NUMBER, BINARY } = AttributeType;
const partitionKey = { name: 'PK', type: STRING };
const sortKey = { name: 'SK', type: STRING };

/** Synthesizes an onboarding for the table; `addIndexes` runs after the onboarding is there. */
function templateWith(
  tableOf: (stack: Stack) => ITable,
  attributes: Record<string, unknown> | undefined,
  addIndexes: (table: ITable) => void = () => {},
): Template {
  const stack = new Stack(testApp(), 'Stack');
  const table = tableOf(stack);
  new UserOnboarding(stack, 'Onboarding', { table, record: { attributes } });
  addIndexes(table);
  return Template.fromStack(stack);
}

const globalIndex = (name: string, type: AttributeType, sort?: AttributeType) => ({
  indexName: 'ByValue',
  partitionKey: { name, type },
  ...(sort && { sortKey: { name: 'sort', type: sort } }),
});

const TABLES: Record<string, (index: ReturnType<typeof globalIndex>) => (stack: Stack) => ITable> = {
  'a Table': (index) => (stack) => {
    const table = new Table(stack, 'Table', { partitionKey, sortKey });
    table.addGlobalSecondaryIndex(index);
    return table;
  },
  'a TableV2': (index) => (stack) =>
    new TableV2(stack, 'Table', { partitionKey, sortKey, globalSecondaryIndexes: [index] }),
};

describe.each(Object.entries(TABLES))('%s with a global index', (_, tableOf) => {
  test.each<[string, unknown, AttributeType, string]>([
    ['text for a number', '<now>', NUMBER, 'is N: it is S'],
    ['a number for text', 5, STRING, 'is S: it is N'],
    ['a map for text', '<addresses>', STRING, 'is S: it is M'],
    ['a list for text', ['x'], STRING, 'is S: it is L'],
    ['true for text', true, STRING, 'is S: it is BOOL'],
    ['null for text', null, STRING, 'is S: it is NULL'],
    ['text for bytes', '<email>', BINARY, 'is B: it is S'],
    ['an empty string', '', STRING, 'the key of an index must not be an empty string'],
    ['too long a literal', 'x'.repeat(2049), STRING, 'it has more than 2048 bytes'],
  ])('%s is refused', (_case, value, type, message) => {
    const refusal = refusalOf(() => templateWith(tableOf(globalIndex('value', type)), { value }));

    expect(refusal).toContain('does not fit the index ByValue of the table');
    expect(refusal).toContain(message);
  });

  test('what fits is accepted, and the function knows the limits', () => {
    const template = templateWith(tableOf(globalIndex('value', STRING, NUMBER)), {
      value: 'EMAIL#<email>',
      sort: 5,
      other: '<addresses>',
    });

    template.hasResourceProperties('AWS::Lambda::Function', {
      Environment: {
        Variables: {
          INDEX_KEYS: '{"value":{"type":"S","maxBytes":2048},"sort":{"type":"N","maxBytes":1024}}',
        },
      },
    });
  });

  test('an index on something that the record does not have is no problem', () => {
    expect(() => templateWith(tableOf(globalIndex('price', NUMBER)), { plan: 'free' })).not.toThrow();
  });
});

test('the default record and an index on its date as a number do not fit', () => {
  const tableOf = TABLES['a Table']?.(globalIndex('date_created', NUMBER)) as (stack: Stack) => ITable;

  expect(() => templateWith(tableOf, undefined)).toThrow(
    "record.attributes.date_created '<now>' does not fit the index ByValue of the table, whose key date_created is N",
  );
});

test('a local index is checked, too', () => {
  const tableOf = (stack: Stack) => {
    const table = new Table(stack, 'Table', { partitionKey, sortKey });
    table.addLocalSecondaryIndex({ indexName: 'ByDate', sortKey: { name: 'at', type: NUMBER } });
    return table;
  };

  expect(() => templateWith(tableOf, { at: '<now>' })).toThrow('does not fit the index ByDate of the table');
});

test('an index that is added after the onboarding is checked, too', () => {
  const tableOf = (stack: Stack) => new Table(stack, 'Table', { partitionKey, sortKey });
  const addIndexes = (table: ITable) => (table as Table).addGlobalSecondaryIndex(globalIndex('at', NUMBER));

  expect(() => templateWith(tableOf, { at: '<now>' }, addIndexes)).toThrow('does not fit the index ByValue');
});

test('with an event, the mark of a record must not be in the key of an index', () => {
  const stack = new Stack(testApp(), 'Stack');
  const table = new Table(stack, 'Table', { partitionKey, sortKey });
  table.addGlobalSecondaryIndex(globalIndex('eventPending', STRING));
  new UserOnboarding(stack, 'Onboarding', { table, eventBus: new EventBus(stack, 'Events') });

  expect(() => Template.fromStack(stack)).toThrow(
    'eventPending must not be in the key of the index ByValue of the table: with an eventBus, this attribute',
  );
});

test('an attribute in two indexes has the smaller limit', () => {
  const tableOf = (stack: Stack) => {
    const table = new Table(stack, 'Table', { partitionKey, sortKey });
    table.addGlobalSecondaryIndex({ indexName: 'A', partitionKey: { name: 'email', type: STRING } });
    table.addLocalSecondaryIndex({ indexName: 'B', sortKey: { name: 'email', type: STRING } });
    return table;
  };

  templateWith(tableOf, { email: '<email>' }).hasResourceProperties('AWS::Lambda::Function', {
    Environment: { Variables: { INDEX_KEYS: '{"email":{"type":"S","maxBytes":1024}}' } },
  });
});

test.each<[string, (stack: Stack) => ITable]>([
  ['Table', (stack) => new Table(stack, 'Table', { partitionKey: { name: 'id', type: STRING } })],
  ['TableV2', (stack) => new TableV2(stack, 'Table', { partitionKey: { name: 'id', type: STRING } })],
])('a %s with other keys than the records is refused', (_, tableOf) => {
  expect(() => templateWith(tableOf, undefined)).toThrow(
    "the table's keys must be the records' keys (PK and SK) and strings, got: id (S)",
  );
});

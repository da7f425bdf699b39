import { perform } from '../../../local/aws/api';
import { DEFAULT_ENVIRONMENT } from '../../../local/aws/environment';
import { DynamoDb, type TableProperties } from '../../../local/dynamodb/dynamodb';
import { assertNesting } from '../../../local/dynamodb/nesting';
import { eventually } from '../../support/test-cloud';

interface Description {
  readonly Table: { readonly TableStatus: string };
}

const key = (AttributeName: string, KeyType: string) => ({ AttributeName, KeyType });
const text = (AttributeName: string) => ({ AttributeName, AttributeType: 'S' });
const item = { PK: { S: 'a' }, SK: { S: 'b' }, username: { S: 'ada' }, date_created: { S: '2026' } };

const createUsers = async (properties: TableProperties) => {
  const dynamodb = new DynamoDb();
  await dynamodb.createTable('users', properties, DEFAULT_ENVIRONMENT);
  await eventually(async () => {
    const { Table } = await perform<Description>(dynamodb, 'DescribeTable', { TableName: 'users' });
    return Table.TableStatus === 'ACTIVE';
  });
  return dynamodb;
};

test('a table has the indexes of the template, without what only AWS has', async () => {
  const Projection = { ProjectionType: 'ALL' };
  const dynamodb = await createUsers({
    AttributeDefinitions: ['PK', 'SK', 'username', 'date_created'].map(text),
    KeySchema: [key('PK', 'HASH'), key('SK', 'RANGE')],
    GlobalSecondaryIndexes: [
      {
        IndexName: 'ByUsername',
        KeySchema: [key('username', 'HASH')],
        Projection,
        ...{ ContributorInsightsSpecification: { Enabled: true }, ProvisionedThroughput: {} },
      },
    ],
    LocalSecondaryIndexes: [
      { IndexName: 'ByDate', KeySchema: [key('PK', 'HASH'), key('date_created', 'RANGE')], Projection },
    ],
  });
  await perform(dynamodb, 'PutItem', { TableName: 'users', Item: item });

  const found = await Promise.all(
    [
      ['ByUsername', 'username', 'ada'],
      ['ByDate', 'PK', 'a'],
    ].map(([IndexName, name, S]) =>
      perform<{ Items: unknown[] }>(dynamodb, 'Query', {
        TableName: 'users',
        IndexName,
        KeyConditionExpression: `${name} = :value`,
        ExpressionAttributeValues: { ':value': { S } },
      }),
    ),
  );

  expect(found.map(({ Items }) => Items)).toEqual([[item], [item]]);
});

test("a table's ARN stands for its name", async () => {
  const dynamodb = await createUsers({
    AttributeDefinitions: [text('PK')],
    KeySchema: [key('PK', 'HASH')],
  });
  const TableName = 'arn:aws:dynamodb:us-east-1:000000000000:table/users';
  const Item = { PK: { S: 'a' } };

  await perform(dynamodb, 'PutItem', { TableName, Item });

  await expect(perform(dynamodb, 'GetItem', { TableName, Key: Item })).resolves.toEqual({ Item });
});

describe('values inside one another', () => {
  const nested = (levels: number, wrap: (value: object) => object): object =>
    levels === 0 ? { S: 'x' } : wrap(nested(levels - 1, wrap));
  const map = (value: object) => ({ M: { M: value } });
  const list = (value: object) => ({ L: [value] });
  const table = {
    AttributeDefinitions: [text('PK')],
    KeySchema: [key('PK', 'HASH')],
  };
  const writes = (value: object): [string, object][] => [
    ['PutItem', { TableName: 'users', Item: { PK: { S: 'a' }, M: value } }],
    [
      'UpdateItem',
      {
        TableName: 'users',
        Key: { PK: { S: 'a' } },
        UpdateExpression: 'SET deep = :v',
        ExpressionAttributeValues: { ':v': value },
      },
    ],
    [
      'BatchWriteItem',
      { RequestItems: { users: [{ PutRequest: { Item: { PK: { S: 'a' }, deep: value } } }] } },
    ],
  ];

  test.each([
    ['maps', map],
    ['lists', list],
  ])('32 levels of %s are taken, and 33 are refused', async (_, wrap) => {
    const dynamodb = await createUsers(table);

    for (const [action, input] of writes(nested(32, wrap)))
      await expect(perform(dynamodb, action, { ...input })).resolves.toBeDefined();
    for (const [action, input] of [...writes(nested(33, wrap)), ...writes(wrap(nested(32, map)))])
      await expect(perform(dynamodb, action, { ...input })).rejects.toMatchObject({
        code: 'ValidationException',
        message: expect.stringContaining('Nesting Levels'),
      });
  });

  test('an empty map on level 33 is one too many', async () => {
    const dynamodb = await createUsers(table);
    const deep = JSON.parse(JSON.stringify(nested(32, list)).replace('{"S":"x"}', '{"M":{}}'));

    await expect(
      perform(dynamodb, 'PutItem', { TableName: 'users', Item: { PK: { S: 'a' }, deep } }),
    ).rejects.toMatchObject({ code: 'ValidationException' });
  });
});

describe('a table with deletion protection', () => {
  const protectedTable = { AttributeDefinitions: [text('PK')], KeySchema: [key('PK', 'HASH')] };

  test.each<[string, Partial<TableProperties>]>([
    ['of one region', { DeletionProtectionEnabled: true }],
    ['of several regions', { Replicas: [{ DeletionProtectionEnabled: true }] }],
  ])('%s cannot be deleted', async (_, properties) => {
    const dynamodb = await createUsers({ ...protectedTable, ...properties });

    await expect(dynamodb.deleteTable('users')).rejects.toMatchObject({
      code: 'ValidationException',
      message: expect.stringContaining('protected against deletion'),
    });
    expect(await perform(dynamodb, 'DescribeTable', { TableName: 'users' })).toMatchObject({
      Table: { DeletionProtectionEnabled: true },
    });
  });

  test('can be deleted without it', async () => {
    const dynamodb = await createUsers({ ...protectedTable });

    await expect(dynamodb.deleteTable('users')).resolves.toBeUndefined();
  });
});

describe('an update by path', () => {
  const update = (path: string, value: object) => ({
    TableName: 'users',
    Key: { PK: { S: 'a' } },
    UpdateExpression: `SET #n = :n, ${path} = if_not_exists(#n, :value)`,
    ExpressionAttributeNames: { '#n': 'n' },
    ExpressionAttributeValues: { ':n': { N: '1' }, ':value': value },
  });
  const path = (levels: number) => ['a', ...Array.from({ length: levels }, () => 'b')].join('.');

  test.each([
    [32, { S: 'x' }, false],
    [33, { S: 'x' }, true],
    [31, { L: [{ S: 'x' }] }, false],
    [32, { L: [{ S: 'x' }] }, true],
  ])('that puts a value %i levels deep: %j', (levels, value, isRefused) => {
    const check = () => assertNesting(update(path(levels), value));

    if (isRefused) expect(check).toThrow('Nesting Levels have exceeded');
    else expect(check).not.toThrow();
  });
});

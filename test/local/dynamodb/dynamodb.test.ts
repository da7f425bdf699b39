import { perform } from '../../../local/aws/api';
import { DynamoDb, type TableProperties } from '../../../local/dynamodb/dynamodb';
import { eventually } from '../../support/test-cloud';

interface Description {
  readonly Table: { readonly TableStatus: string };
}

const key = (AttributeName: string, KeyType: string) => ({ AttributeName, KeyType });
const text = (AttributeName: string) => ({ AttributeName, AttributeType: 'S' });
const item = { PK: { S: 'a' }, SK: { S: 'b' }, username: { S: 'ada' }, date_created: { S: '2026' } };

const createUsers = async (properties: TableProperties) => {
  const dynamodb = new DynamoDb();
  await dynamodb.createTable('users', properties);
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

import { modelledInput } from '../../local/input-shape';

const own = { PK: { S: 'mine' } };
const sneaked = { PK: { X: 'mine', S: 'other' } };
const seen = { PK: { S: 'other' } };
const values = (value: object) => ({ ExpressionAttributeValues: { ':pk': value } });

test.each<[string, string, object, object]>([
  ['dynamodb', 'GetItem', { Key: sneaked, Item: own }, { Key: seen }],
  ['dynamodb', 'UpdateItem', { Key: sneaked, Item: own }, { Key: seen }],
  ['dynamodb', 'DeleteItem', { Key: sneaked, Item: own }, { Key: seen }],
  ['dynamodb', 'PutItem', { Item: sneaked, Key: own }, { Item: seen }],
  ['dynamodb', 'Query', values(sneaked.PK), values(seen.PK)],
  [
    'dynamodb',
    'BatchGetItem',
    { RequestItems: { t: { Keys: [sneaked], Item: own } } },
    { RequestItems: { t: { Keys: [seen] } } },
  ],
  [
    'dynamodb',
    'BatchWriteItem',
    { RequestItems: { t: [{ PutRequest: { Item: sneaked, Key: own }, DeleteRequest: { Key: sneaked } }] } },
    { RequestItems: { t: [{ PutRequest: { Item: seen }, DeleteRequest: { Key: seen } }] } },
  ],
  ['sqs', 'SendMessage', { QueueUrl: 'u', QueueName: 'n' }, { QueueUrl: 'u' }],
  ['states', 'StartExecution', { stateMachineArn: 'a', executionArn: 'b' }, { stateMachineArn: 'a' }],
  ['cognito-idp', 'AdminGetUser', { Username: 'u', UserPoolID: 'x' }, { Username: 'u' }],
])('of %s, %s with %j only what the model knows is left', (prefix, action, input, known) => {
  expect(modelledInput(prefix, action, { ...input })).toEqual(known);
});

test('what an object inherits is no member, and a key may have any name', () => {
  const input = JSON.parse('{"Key":{"__proto__":{"S":"a"}},"__proto__":{"TableName":"t"}}');

  expect(JSON.stringify(modelledInput('dynamodb', 'GetItem', input))).toBe('{"Key":{"__proto__":{"S":"a"}}}');
});

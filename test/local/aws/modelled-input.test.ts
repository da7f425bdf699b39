import { modelledInput } from '../../../local/aws/modelled-input';

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
  [
    'cognito-idp',
    'AdminGetUser',
    { Username: 'u', UserPoolId: 'p', UserPoolID: 'x' },
    { Username: 'u', UserPoolId: 'p' },
  ],
])('of %s, %s with %j only what the model knows is left', (prefix, action, input, known) => {
  expect(modelledInput(prefix, action, { ...input })).toEqual(known);
});

test('what an object inherits is no member, and a key may have any name', () => {
  const input = JSON.parse('{"Key":{"__proto__":{"S":"a"}},"__proto__":{"TableName":"t"}}');

  expect(JSON.stringify(modelledInput('dynamodb', 'GetItem', input))).toBe('{"Key":{"__proto__":{"S":"a"}}}');
});

const missing = (place: string, value = 'Value null') =>
  `${value} at '${place}' failed to satisfy constraint: Member must not be null`;

test.each<[string, string, object, string, string]>([
  [
    'cognito-idp',
    'ConfirmForgotPassword',
    { ClientId: 'c', Username: 'u', Password: 'p' },
    'InvalidParameterException',
    `1 validation error detected: ${missing('confirmationCode')}`,
  ],
  [
    'cognito-idp',
    'AdminGetUser',
    {},
    'InvalidParameterException',
    `2 validation errors detected: ${missing('userPoolId')}; ${missing('username', 'Value')}`,
  ],
  [
    'cognito-idp',
    'SignUp',
    { ClientId: 'c', Username: 'u', UserAttributes: [{ Name: 'email' }, { Value: 'x' }] },
    'InvalidParameterException',
    `1 validation error detected: ${missing('userAttributes.2.member.name')}`,
  ],
  [
    'states',
    'StartExecution',
    { input: '{}' },
    'ValidationException',
    `1 validation error detected: ${missing('stateMachineArn')}`,
  ],
])('%s:%s with %j lacks what is required', (prefix, action, input, code, message) => {
  expect(() => modelledInput(prefix, action, { ...input })).toThrow(
    expect.objectContaining({ code, message }),
  );
});

test('the type of a member is looked at before what is missing', () => {
  expect(() => modelledInput('states', 'StartExecution', { input: {} })).toThrow(
    'input is a string, not an object',
  );
});

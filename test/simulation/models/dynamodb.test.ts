import { Clock } from '../../../simulation/clock/clock';
import { Random } from '../../../simulation/clock/random';
import { DynamoDB, type Item } from '../../../simulation/models/dynamodb';
import { Faults } from '../../../simulation/models/faults';

const Key = { id: { S: '1' } };

let updated: jest.Mock;
let actions: DynamoDB['actions'];

beforeEach(() => {
  const clock = new Clock(0);
  const properties = { KeySchema: [{ AttributeName: 'id' }] };
  const table = { logicalId: 'Table', type: 'AWS::DynamoDB::Table', ref: 'Table', arn: '', properties };
  const faults = new Faults([], clock, new Random(2));
  updated = jest.fn();
  ({ actions } = new DynamoDB([table], clock, new Random(1), faults, () => {}, updated));
});

const put = (attributes: object) =>
  actions.PutItem?.({ TableName: 'Table', Item: { ...Key, ...attributes } });
const read = (ConsistentRead: boolean) => {
  const answer = actions.GetItem?.({ TableName: 'Table', Key, ConsistentRead });
  return (answer as { Item?: Item }).Item;
};

test('a lagging read of an item that was replaced sees the one before', () => {
  put({ plan: { S: 'old' } });
  put({ plan: { S: 'new' } });

  const seen = new Set(Array.from({ length: 100 }, () => JSON.stringify(read(false)?.plan)));

  expect([...seen].sort()).toEqual(['{"S":"new"}', '{"S":"old"}']);
  expect(read(true)?.plan).toEqual({ S: 'new' });
});

describe('an update', () => {
  const update = (UpdateExpression: string) =>
    actions.UpdateItem?.({
      TableName: 'Table',
      Key,
      UpdateExpression,
      ConditionExpression: 'attribute_exists(#mark)',
      ExpressionAttributeNames: { '#mark': 'mark' },
    });

  test('removes an attribute, which a lagging read may still see', () => {
    put({ plan: { S: 'free' }, mark: { BOOL: true } });

    update('REMOVE #mark');

    const rest = { ...Key, plan: { S: 'free' } };
    expect(read(true)).toEqual(rest);
    expect(updated.mock.calls).toEqual([[rest]]);
    const seen = new Set(Array.from({ length: 100 }, () => 'mark' in (read(false) ?? {})));
    expect(seen).toEqual(new Set([true, false]));
  });

  test('with a condition that does not hold changes nothing', () => {
    expect(() => update('REMOVE #mark')).toThrow('The conditional request failed');

    expect(read(true)).toBeUndefined();
    expect(updated).not.toHaveBeenCalled();
  });

  test('of another kind has no model', () => {
    put({ mark: { BOOL: true } });

    expect(() => update('SET #mark = :no')).toThrow('there is no model of the update SET #mark = :no');
  });
});

import { Clock } from '../../../simulation/clock/clock';
import { Random } from '../../../simulation/clock/random';
import { DynamoDB } from '../../../simulation/models/dynamodb';
import { Faults } from '../../../simulation/models/faults';

const Key = { id: { S: '1' } };

test('a lagging read of an item that was replaced sees the one before', () => {
  const clock = new Clock(0);
  const properties = { KeySchema: [{ AttributeName: 'id' }] };
  const table = { logicalId: 'Table', type: 'AWS::DynamoDB::Table', ref: 'Table', arn: '', properties };
  const dynamodb = new DynamoDB(
    [table],
    clock,
    new Random(1),
    new Faults([], clock, new Random(2)),
    () => {},
  );
  const { PutItem, GetItem } = dynamodb.actions;
  const put = (plan: string) => PutItem?.({ TableName: 'Table', Item: { ...Key, plan: { S: plan } } });
  const read = (ConsistentRead: boolean) => {
    const answer = GetItem?.({ TableName: 'Table', Key, ConsistentRead });
    return (answer as { Item?: { plan: { S: string } } }).Item?.plan.S;
  };
  put('old');
  put('new');

  const seen = new Set(Array.from({ length: 100 }, () => read(false)));

  expect([...seen].sort()).toEqual(['new', 'old']);
  expect(read(true)).toBe('new');
});

import { missingOutput } from '../../../local/cli/demo';

const outputs = { UserPoolId: 'us-east-1_a', UserPoolClientId: 'b', TableName: 'c' };

test('the demo needs a user pool, an app client and a table', () => {
  expect(missingOutput({ ...outputs, TableName: '' })).toBe('TableName');
});

test('the demo needs no group', () => {
  expect(missingOutput(outputs)).toBeUndefined();
});

import { whyNoDemo } from '../../../local/cli/demo';

const outputs = { UserPoolId: 'us-east-1_a', UserPoolClientId: 'b', TableName: 'c' };

test('the demo needs a user pool, an app client and a table', () => {
  expect(whyNoDemo({ ...outputs, TableName: '' }, true)).toBe(
    'the app has no output TableName, which the demo needs',
  );
});

test('the demo needs no group', () => {
  expect(whyNoDemo(outputs, true)).toBeUndefined();
});

test('without a state machine, there is no demo', () => {
  expect(whyNoDemo(outputs, false)).toBe('the app has no state machine that could onboard somebody');
});

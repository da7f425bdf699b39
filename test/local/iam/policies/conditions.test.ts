import { parseConditions } from '../../../../local/iam/policies/conditions';
import type { RequestContext } from '../../../../local/iam/policies/patterns';

const TAG = 'aws:PrincipalTag/team';
const KEYS = 'dynamodb:LeadingKeys';
const ARN = 'aws:SourceArn';

const tag = (value?: string) => ({ 'aws:principaltag/team': value });
const keys = (...values: string[]) => ({ 'dynamodb:leadingkeys': values });
const arn = (value?: string) => ({ 'aws:sourcearn': value });
const MACHINE = 'arn:aws:states:us-east-1:000000000000:stateMachine:Onboarding';

test.each<[string, string, string | string[], RequestContext, boolean]>([
  ['StringEquals', TAG, 'red', tag('red'), true],
  ['StringEquals', TAG, ['blue', 'red'], tag('red'), true],
  ['StringEquals', TAG, 'red', tag('Red'), false],
  ['StringEquals', TAG, 'r*', tag('red'), false],
  ['StringEquals', TAG, 'red', tag(), false],
  ['StringEqualsIfExists', TAG, 'red', tag(), true],
  ['StringEqualsIfExists', TAG, 'red', tag('blue'), false],
  ['StringNotEquals', TAG, 'red', tag('blue'), true],
  ['StringNotEquals', TAG, ['red', 'blue'], tag('blue'), false],
  ['StringNotEquals', TAG, 'red', tag(), true],
  ['StringEqualsIgnoreCase', TAG, 'red', tag('RED'), true],
  ['StringNotEqualsIgnoreCase', TAG, 'red', tag('RED'), false],
  ['StringLike', TAG, 'r?d*', tag('redder'), true],
  ['StringLike', TAG, 'r?d', tag('redder'), false],
  ['StringNotLike', TAG, 'r*', tag('blue'), true],
  ['ArnLike', ARN, 'arn:aws:states:us-east-1:000000000000:stateMachine:*', arn(MACHINE), true],
  ['ArnEquals', ARN, 'arn:aws:states:*:000000000000:stateMachine:On*', arn(MACHINE), true],
  ['ArnLike', ARN, 'arn:aws:*:*:*:*', arn('no ARN'), false],
  ['ArnNotLike', ARN, 'arn:aws:sqs:*:*:*', arn(MACHINE), true],
  ['ArnNotEquals', ARN, MACHINE, arn(MACHINE), false],
  ['Bool', 'aws:SecureTransport', 'true', { 'aws:securetransport': 'true' }, true],
  ['Bool', 'aws:SecureTransport', 'false', { 'aws:securetransport': 'true' }, false],
  ['BoolIfExists', 'aws:SecureTransport', 'false', {}, true],
  ['Null', KEYS, 'false', keys('a'), true],
  ['Null', KEYS, 'false', keys(), false],
  ['Null', KEYS, 'true', {}, true],
  ['Null', TAG, 'true', tag('red'), false],
  ['ForAllValues:StringEquals', KEYS, ['a', 'b'], keys('a', 'b', 'a'), true],
  ['ForAllValues:StringEquals', KEYS, 'a', keys('a', 'b'), false],
  ['ForAllValues:StringEquals', KEYS, 'a', {}, true],
  ['ForAllValues:StringNotEquals', KEYS, 'a', keys('b', 'a'), false],
  ['ForAnyValue:StringLike', KEYS, 'a*', keys('b', 'ab'), true],
  ['ForAnyValue:StringLike', KEYS, 'a*', keys('b'), false],
  ['ForAnyValue:StringEquals', KEYS, 'a', {}, false],
  ['ForAnyValue:StringNotEquals', KEYS, 'a', {}, false],
  ['ForAnyValue:StringNotEquals', KEYS, 'a', keys('a', 'b'), true],
  ['ForAllValues:StringEqualsIfExists', KEYS, 'a', {}, true],
  ['ForAllValues:StringEqualsIfExists', KEYS, 'a', keys('b'), false],
])('%s of %s and %j with %j: %s', (operator, key, values, context, holds) => {
  expect(parseConditions({ [operator]: { [key]: values } })(context)).toBe(holds);
});

test('all operators and all keys have to hold', () => {
  const holds = parseConditions({
    StringEquals: { [TAG]: 'red', 'aws:SourceAccount': '1' },
    ArnLike: { [ARN]: 'arn:aws:states:*:*:*' },
  });
  const context = { ...tag('red'), ...arn(MACHINE), 'aws:sourceaccount': '1' };

  expect(holds(context)).toBe(true);
  for (const key of Object.keys(context)) expect(holds({ ...context, [key]: 'x' })).toBe(false);
});

test('a variable stands for what the request says', () => {
  const holds = parseConditions({
    'ForAllValues:StringEquals': { [KEYS]: ['USER#${aws:PrincipalTag/sub}'] },
  });

  expect(holds({ ...keys('USER#1'), 'aws:principaltag/sub': '1' })).toBe(true);
  expect(holds({ ...keys('USER#2'), 'aws:principaltag/sub': '1' })).toBe(false);
  expect(holds(keys('USER#1'))).toBe(false);
  expect(holds({})).toBe(true);
});

test.each<[string, object, string]>([
  ['an operator', { NumericEquals: { [TAG]: '1' } }, 'the condition operator NumericEquals'],
  ['an operator of Object', { constructor: { [TAG]: '1' } }, 'the condition operator constructor'],
  ['Null that may be missing', { NullIfExists: { [TAG]: 'true' } }, 'the condition operator NullIfExists'],
  [
    'ForAnyValue that may be missing',
    { 'ForAnyValue:StringEqualsIfExists': { [KEYS]: 'a' } },
    'do not go together',
  ],
  ['a list without values', { StringEquals: { [TAG]: [] } }, 'at least one value'],
  ['Null without a value', { Null: { [TAG]: [] } }, 'at least one value'],
  ['a key', { StringEquals: { 'aws:userid': '1' } }, 'the condition key aws:userid'],
  [
    'a key of several values as one',
    { StringEquals: { [KEYS]: '1' } },
    'needs ForAllValues: or ForAnyValue:',
  ],
  ['a value', { StringEquals: { [TAG]: { Ref: 'x' } } }, 'a value of a condition is text'],
  ['a value of Null', { Null: { [TAG]: 'yes' } }, 'Null takes true or false, not "yes"'],
])('%s that it does not know is an error', (_, block, message) => {
  expect(() => parseConditions(block)).toThrow(message);
});

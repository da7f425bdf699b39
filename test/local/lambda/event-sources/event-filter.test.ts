import { eventFilter } from '../../../../local/lambda/event-sources/event-filter';

const passes = (pattern: object, body: unknown) =>
  eventFilter({ Filters: [{ Pattern: JSON.stringify(pattern) }] })({
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });

// The rules of https://docs.aws.amazon.com/lambda/latest/dg/invocation-eventfiltering.html#filtering-syntax
test.each<[string, object, unknown, boolean]>([
  ['a value', { kind: ['user'] }, { kind: 'user' }, true],
  ['another value', { kind: ['user'] }, { kind: 'order' }, false],
  ['one of two values', { kind: ['user', 'order'] }, { kind: 'order' }, true],
  ['a number is no text', { count: ['1'] }, { count: 1 }, false],
  ['all members', { kind: ['user'], plan: ['pro'] }, { kind: 'user', plan: 'free' }, false],
  ['a nested member', { user: { plan: ['pro'] } }, { user: { plan: 'pro' } }, true],
  ['a nested member that is not there', { user: { plan: ['pro'] } }, { user: 1 }, false],
  ['one of a list', { tags: ['b'] }, { tags: ['a', 'b'] }, true],
  ['null', { kind: [null] }, { kind: null }, true],
  ['null is not left out', { kind: [null] }, {}, false],
  ['empty', { kind: [''] }, { kind: '' }, true],
  ['prefix', { kind: [{ prefix: 'user.' }] }, { kind: 'user.new' }, true],
  ['suffix', { file: [{ suffix: '.png' }] }, { file: 'a.jpg' }, false],
  ['equals-ignore-case', { kind: [{ 'equals-ignore-case': 'USER' }] }, { kind: 'User' }, true],
  ['anything-but', { kind: [{ 'anything-but': ['user', 'order'] }] }, { kind: 'cart' }, true],
  ['anything-but the same', { kind: [{ 'anything-but': 'user' }] }, { kind: 'user' }, false],
  ['exists', { kind: [{ exists: true }] }, { kind: 0 }, true],
  ['exists not', { kind: [{ exists: false }] }, {}, true],
  ['numeric', { count: [{ numeric: ['>', 10, '<=', 20] }] }, { count: 20 }, true],
  ['numeric beyond', { count: [{ numeric: ['>', 10, '<=', 20] }] }, { count: 21 }, false],
  ['numeric of a text', { count: [{ numeric: ['>', 10] }] }, { count: '20' }, false],
  ['$or', { $or: [{ kind: ['user'] }, { plan: ['pro'] }] }, { plan: 'pro' }, true],
  ['$or with neither', { $or: [{ kind: ['user'] }, { plan: ['pro'] }] }, { plan: 'free' }, false],
])('%s', (_, body, message, expected) => {
  expect(passes({ body }, message)).toBe(expected);
});

// The formats of https://docs.aws.amazon.com/lambda/latest/dg/with-sqs-filtering.html
test.each<[string, unknown, unknown, boolean]>([
  ['a text passes a pattern for text', ['user'], 'user', true],
  ['a text passes no pattern for JSON', { kind: [{ exists: false }] }, 'user', false],
  ['a list passes no pattern for an object', { kind: [{ exists: false }] }, ['user'], false],
  ['JSON passes no pattern for text', [{ prefix: '{' }], { kind: 'user' }, false],
  ['JSON passes no exclusion of a text', [{ 'anything-but': 'user' }], { kind: 'user' }, false],
])('%s', (_, body, message, expected) => {
  expect(passes({ body }, message)).toBe(expected);
});

test('one of several patterns is enough, and without patterns all passes', () => {
  const Filters = [{ Pattern: '{"body":{"a":[1]}}' }, { Pattern: '{"body":{"b":[2]}}' }];

  expect(eventFilter({ Filters })({ body: '{"b":2}' })).toBe(true);
  expect(eventFilter({ Filters })({ body: '{"b":3}' })).toBe(false);
  expect(eventFilter({})({ body: 'x' })).toBe(true);
});

test.each([
  ['{', /must be a JSON object: \{/],
  ['{"body":{"a":1}}', /a must be a list/],
  ['{"body":{"a":[{"wildcard":"*"}]}}', /does not know the rule \{"wildcard":"\*"\}/],
  ['{"body":{"a":[]}}', /a must be a list of values or rules/],
  [
    '{"body":["x"],"messageAttributes":{"from":{"stringValue":["ada"]}}}',
    /has messageAttributes: .* by their body only/,
  ],
])('%s is refused', (Pattern, message) => {
  expect(() => eventFilter({ Filters: [{ Pattern }] })).toThrow(message);
});

test.each([
  '{"prefix":{"equals-ignore-case":"x"}}',
  '{"prefix":"a","suffix":"b"}',
  '{"exists":"true"}',
  '{"anything-but":[]}',
  '{"anything-but":{"prefix":"a"}}',
  '{"equals-ignore-case":1}',
  '{"numeric":5}',
  '{"numeric":["<"]}',
  '{"numeric":[">","5"]}',
  '{"numeric":["~",1]}',
  '{"constructor":"x"}',
  '{}',
  '["x"]',
])('the rule %s is refused', (rule) => {
  expect(() => eventFilter({ Filters: [{ Pattern: `{"body":{"a":[${rule}]}}` }] })).toThrow(
    `the local cloud does not know the rule ${rule} of a filter`,
  );
});

test.each(['"x"', '[]', '["x"]'])('$or with %s is refused', (alternatives) => {
  expect(() => eventFilter({ Filters: [{ Pattern: `{"body":{"$or":${alternatives}}}` }] })).toThrow(
    `the local cloud does not know the rule {"$or":${alternatives}} of a filter`,
  );
});

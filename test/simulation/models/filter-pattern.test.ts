import { parseFilterPattern } from '../../../simulation/models/filter-pattern';

test.each([
  ['{ $.message.event = "PageReconciled" }', { message: { event: 'PageReconciled' } }, true],
  ['{ $.message.event = "PageReconciled" }', { message: { event: 'UserParked' } }, false],
  ['{ $.message.event = "PageReconciled" }', 'PageReconciled', false],
  ['{ ($.event = "PageReconciled") && ($.missed > 0) }', { event: 'PageReconciled', missed: 3 }, true],
  ['{ ($.event = "PageReconciled") && ($.missed > 0) }', { event: 'PageReconciled', missed: 0 }, false],
  ['{ $.missed >= 2 }', { missed: '2' }, false],
])('%s on %j: %s', (pattern, line, matches) => {
  expect(parseFilterPattern(pattern)(line)).toBe(matches);
});

test.each(['UserParked', '{ $.event = "A" || $.event = "B" }'])('%s: there is no model of it', (pattern) => {
  expect(() => parseFilterPattern(pattern)).toThrow('there is no model of the filter');
});

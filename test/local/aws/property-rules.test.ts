import { type PropertyRules, unplayedIn } from '../../../local/aws/property-rules';

const rules: PropertyRules = {
  played: ['Name', 'Target.Arn'],
  withoutEffect: ['Tags'],
  leftOut: ['Window'],
  refused: { 'Target.Cluster': 'use a function', Fifo: 'use a standard queue' },
  neutral: { Window: [0], Fifo: [false] },
};

test('what is played or has no effect is no matter', () => {
  expect(unplayedIn({ Name: 'a', Tags: [{}], Target: { Arn: 'b' } }, rules)).toEqual([]);
});

test('what is left out has no advice, and what is refused has one', () => {
  expect(unplayedIn({ Window: 5, Fifo: true, Target: [{ Cluster: 'c' }] }, rules)).toEqual([
    { path: 'Window', value: 5 },
    { path: 'Fifo', value: true, advice: 'use a standard queue' },
    { path: 'Target.Cluster', value: 'c', advice: 'use a function' },
  ]);
});

test('a value that changes nothing is no matter, nor is one that is not there', () => {
  expect(unplayedIn({ Window: 0, Fifo: false, Target: undefined }, rules)).toEqual([]);
});

test('what nobody has thought of is refused', () => {
  expect(unplayedIn({ New: 1, Target: { Newer: 2 } }, rules)).toMatchObject([
    { path: 'New', advice: expect.any(String) },
    { path: 'Target.Newer', advice: expect.any(String) },
  ]);
});

test('null is refused, as CloudFormation does', () => {
  const advice = 'CloudFormation takes no null: leave it out';

  expect(unplayedIn({ Name: null, Target: null, Window: null }, rules)).toEqual([
    { path: 'Name', value: null, advice },
    { path: 'Target', value: null, advice },
    { path: 'Window', value: null, advice },
  ]);
});

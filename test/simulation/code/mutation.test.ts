import { mutated } from '../../../simulation/code/mutation';

const mutation = { file: 'functions/a/handler.ts', from: 'await park();', to: '' };

test('replaces its text', () => {
  expect(mutated('try { await park(); }', mutation)).toBe('try {  }');
});

test.each([
  ['try {}', 0],
  ['await park(); await park();', 2],
])('fails loudly where its text is not once in the source: %s', (source, times) => {
  expect(() => mutated(source, mutation)).toThrow(
    `the mutation of functions/a/handler.ts must find its text once, not ${times} times: await park();`,
  );
});

import fc from 'fast-check';
import { parseRetryMessage, retryMessage } from '../../../functions/onboarding/retry-message';
import { anyText } from '../../support/any-text';
import { confirmedUser } from '../../support/builders';

test('is plain JSON if no character needs escaping', () => {
  const user = confirmedUser({ attributes: { address: '{"address_type":"home"}' } });

  expect(retryMessage(user)).toBe(JSON.stringify(user));
});

test('says `all` only if it is set', () => {
  const user = confirmedUser();

  expect(JSON.parse(retryMessage(user, true))).toEqual({ ...user, all: true });
  expect(parseRetryMessage(JSON.stringify(user))).toEqual({ user, all: false });
});

test.each([
  ['{"all":true}', /^not a confirmed user: /],
  [JSON.stringify({ ...confirmedUser(), all: 'yes' }), /^not a retry message: all must be boolean/],
])('%s is refused', (body, reason) => {
  expect(() => parseRetryMessage(body)).toThrow(reason);
});

test.each([
  ['U+FFFF, which SQS refuses', '\uffff', '\\uffff'],
  ['U+FFFE, which SQS refuses', '\ufffe', '\\ufffe'],
  ['half a character', '\ud800', '\\ud800'],
  ['a control character', '\u0001', '\\u0001'],
  ['an emoji', '😀', '\\ud83d\\ude00'],
  ['an accent', 'é', '\\u00e9'],
])('escapes %s', (_, address, escaped) => {
  expect(retryMessage(confirmedUser({ attributes: { address } }))).toContain(`"address":"${escaped}"`);
});

test('brings any user through the queue unchanged, in characters that SQS accepts', () => {
  const text = anyText({ minLength: 1, maxLength: 128 });
  fc.assert(
    fc.property(text, text, fc.boolean(), (username, address, all) => {
      const user = confirmedUser({ username, attributes: { address } });
      const message = retryMessage(user, all);

      expect(message).toMatch(/^[ -~]+$/);
      expect(parseRetryMessage(message)).toEqual({ user, all });
    }),
  );
});

import fc from 'fast-check';
import { parseConfirmedUser } from '../../../functions/onboarding/confirmed-user';
import { parseJson } from '../../../functions/onboarding/parse';
import { retryMessage } from '../../../functions/onboarding/retry-message';
import { parsePostConfirmationEvent } from '../../../functions/post-confirmation/event';
import { sortUsers } from '../../../functions/reconcile-users/eligible-users';
import { anyText } from '../../support/any-text';
import { confirmedUser, listedUser, postConfirmationEvent } from '../../support/builders';

const NAMES = ['address', 'email', 'custom:plan', 'given_name'];

test('trigger, retry message and reconciliation make the same confirmed user of the same attributes', () => {
  const value = fc.option(anyText({ maxLength: 200 }), { nil: undefined });
  const anyAttributes = fc.record({
    address: value,
    'custom:plan': value,
    given_name: value,
    phone_number: value,
  });
  fc.assert(
    fc.property(anyAttributes, fc.subarray(NAMES), (attributes, named) => {
      process.env.USER_ATTRIBUTES = JSON.stringify(named);
      const { userPoolId } = confirmedUser();

      const { user } = parsePostConfirmationEvent(postConfirmationEvent({ attributes }));
      const { eligible } = sortUsers(userPoolId, [listedUser({ attributes })]);

      expect(eligible).toEqual([user]);
      expect(parseConfirmedUser(parseJson(retryMessage(user ?? confirmedUser())))).toEqual(user);
      expect(NAMES.filter((name) => name in (user?.attributes ?? {}) && !named.includes(name))).toEqual([]);
      expect(user?.attributes).not.toHaveProperty('phone_number');
    }),
  );
});

import type { User } from 'cognito-local/lib/services/userPoolService';
import { AwsError, type Input, type Performers } from '../../aws/api';
import { context } from '../emulator/context';
import { wrongCode } from '../messages/codes';
import type { CognitoParts } from '../tokens/parts';
import { subOf } from '../tokens/tokens';
import { claimAliases } from '../users/aliases';
import { assertSecretHash } from '../users/secret-hash';
import { hidesUsers, unknownUser } from '../users/users';
import { verifiedUser } from './create-user';
import { postConfirmation } from './post-confirmation';

/** The actions that confirm a sign-up. */
export function confirmSignUpPerformers(parts: CognitoParts): Performers {
  return {
    ConfirmSignUp: (input) => confirmSignUp(parts, input),
    AdminConfirmSignUp: (input) => adminConfirmSignUp(parts, input),
  };
}

/** Who enters the code has read the message with the code, so its address is verified. */
async function confirmSignUp({ users, codes, triggers, now }: CognitoParts, input: Input): Promise<unknown> {
  const { client, userPool } = await users.appOf(input);
  assertSecretHash(client, [input.Username], input.SecretHash);
  const user = await userPool.getUserByUsername(context, String(input.Username));
  if (!user) throw hidesUsers(client) ? wrongCode() : unknownUser();
  assertUnconfirmed(user);
  const { attribute } = codes.check(subOf(user), 'ConfirmSignUp', input.ConfirmationCode);
  await claimAliases(userPool, user, [attribute], input.ForceAliasCreation === true);
  const confirmed = verifiedUser(confirmedUser(user, now()), [attribute]);
  await userPool.saveUser(context, confirmed);
  codes.forget(subOf(user), 'ConfirmSignUp');
  await postConfirmation(triggers, userPool, confirmed, 'ConfirmSignUp', input);
  return {};
}

async function adminConfirmSignUp({ users, triggers, now }: CognitoParts, input: Input): Promise<unknown> {
  const { userPool, user } = await users.findIn(input);
  assertUnconfirmed(user);
  const confirmed = confirmedUser(user, now());
  await userPool.saveUser(context, confirmed);
  await postConfirmation(triggers, userPool, confirmed, 'ConfirmSignUp', input);
  return {};
}

function confirmedUser(user: User, now: number): User {
  return { ...user, UserStatus: 'CONFIRMED', UserLastModifiedDate: new Date(now) };
}

function assertUnconfirmed({ UserStatus }: User): void {
  if (UserStatus === 'UNCONFIRMED') return;
  throw new AwsError('NotAuthorizedException', `User cannot be confirmed. Current status is ${UserStatus}`);
}

import { Alert } from '../shared/elements';
import { usersHref } from '../shared/user';
import type { SignUp } from './sign-up';

/** Not a secret: it only works on this machine. */
const PASSWORD = 'Correct-Horse-7';

/** A form as it was filled in, and the reason why it was refused. */
export interface Refused {
  readonly signUp: SignUp;
  readonly reason: string;
}

/** Makes a user in one of three ways. */
export function SignUpForm({ refused, userPoolId }: { refused?: Refused; userPoolId: string }) {
  const { email = '', password = PASSWORD, address = '' } = refused?.signUp ?? {};
  return (
    <form class="filter" method="post" action={usersHref(userPoolId)}>
      {refused && <Alert>{refused.reason}</Alert>}
      <label>
        E-mail address
        <input
          type="text"
          name="email"
          value={email}
          required
          autocomplete="off"
          placeholder="ada@example.com"
        />
      </label>
      <label>
        Password
        <input type="text" name="password" value={password} required autocomplete="off" />
      </label>
      <label>
        Address (optional)
        <input type="text" name="address" value={address} autocomplete="off" />
      </label>
      <button type="submit" class="primary">
        Sign up and confirm
      </button>
      <button type="submit" name="how" value="sign-up">
        Sign up only
      </button>
      <button type="submit" name="how" value="administrator">
        Create as administrator
      </button>
    </form>
  );
}

/** The first sign-in of an account at an identity provider makes a user, too. */
export function FederatedForm({ userPoolId }: { userPoolId: string }) {
  const action = `/console/users/federated?${new URLSearchParams({ pool: userPoolId })}`;
  return (
    <details>
      <summary>Sign somebody in through an identity provider</summary>
      <form class="filter" method="post" action={action}>
        <label>
          Provider
          <input type="text" name="provider" value="Google" required autocomplete="off" />
        </label>
        <label>
          Address of the account
          <input type="text" name="email" required autocomplete="off" />
        </label>
        <button type="submit">Sign in</button>
      </form>
    </details>
  );
}

/** What can be done with a user who is in the user pool. */
export function UserActions({ sub, isConfirmed }: { sub: string; isConfirmed: boolean }) {
  const action = `/console/users/${encodeURIComponent(sub)}`;
  return (
    <div class="actions">
      {!isConfirmed && (
        <form method="post" action={`${action}/confirm`}>
          <button type="submit" class="primary">
            Confirm with the code from the mail
          </button>
        </form>
      )}
      <form method="post" action={`${action}/delete`}>
        <button type="submit">Delete the user</button>
      </form>
    </div>
  );
}

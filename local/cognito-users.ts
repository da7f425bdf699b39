import type { User, UserPoolService } from 'cognito-local/lib/services/userPoolService';
import { AwsError, type Input } from './aws-api';
import { type CognitoEmulator, context } from './cognito-emulator';

/** Finds user pools and their users as the actions name them. */
export class CognitoUsers {
  /** Usernames by what people sign in with: the emulator would look through all users. */
  private readonly usernames = new Map<string, string>();

  constructor(private readonly emulator: CognitoEmulator) {}

  async poolOf({ UserPoolId }: Input): Promise<UserPoolService> {
    return this.emulator.cognito.getUserPool(context, String(UserPoolId));
  }

  poolOfClient({ ClientId }: Input): Promise<UserPoolService> {
    return this.emulator.cognito.getUserPoolForClientId(context, String(ClientId));
  }

  /** @throws AwsError UserNotFoundException */
  async find(userPool: UserPoolService, input: Input): Promise<User> {
    const name = usernameIn(userPool, input);
    const signedUp = this.usernames.get(`${userPool.options.Id} ${name}`);
    const user =
      (signedUp && (await userPool.getUserByUsername(context, signedUp))) ||
      // An administrator's, perhaps in the place of one who signed up and is gone.
      (await userPool.getUserByUsername(context, name));
    if (!user) throw new AwsError('UserNotFoundException', 'User does not exist.');
    return user;
  }

  /** Remembers under which username somebody was signed up. */
  signedUp(userPool: UserPoolService, name: string, username: string): void {
    if (isSignInByAlias(userPool)) this.usernames.set(`${userPool.options.Id} ${name}`, username);
  }
}

/** Then Cognito makes up the username itself: it is the `sub`. */
function isSignInByAlias({ options }: UserPoolService): boolean {
  return (options.UsernameAttributes ?? []).length > 0;
}

/** A pool that signs in by e-mail takes upper and lower case for the same, unless it is told not to. */
export function usernameIn(userPool: UserPoolService, { Username }: Input): string {
  const { UsernameConfiguration } = userPool.options;
  const isFolded = isSignInByAlias(userPool) && UsernameConfiguration?.CaseSensitive === false;
  return isFolded ? String(Username).toLowerCase() : String(Username);
}

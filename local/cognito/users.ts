import type { User, UserPoolService } from 'cognito-local/lib/services/userPoolService';
import { AwsError, type Input } from '../aws/api';
import { context } from './context';
import type { CognitoEmulator } from './emulator';

/** Finds user pools and users by the names that the actions use. */
export class CognitoUsers {
  constructor(private readonly emulator: CognitoEmulator) {}

  async poolOf({ UserPoolId }: Input): Promise<UserPoolService> {
    return this.emulator.cognito.getUserPool(context, String(UserPoolId));
  }

  poolOfClient({ ClientId }: Input): Promise<UserPoolService> {
    return this.emulator.cognito.getUserPoolForClientId(context, String(ClientId));
  }

  /** @throws AwsError UserNotFoundException */
  async find(userPool: UserPoolService, { Username }: Input): Promise<User> {
    const user = await userPool.getUserByUsername(context, String(Username));
    if (!user) throw new AwsError('UserNotFoundException', 'User does not exist.');
    return user;
  }
}

/** A pool with sign-in by e-mail ignores case by default. */
export function usernameIn({ options }: UserPoolService, { Username }: Input): string {
  const { UsernameAttributes = [], UsernameConfiguration } = options;
  const isFolded = UsernameAttributes.length > 0 && UsernameConfiguration?.CaseSensitive === false;
  return isFolded ? String(Username).toLowerCase() : String(Username);
}

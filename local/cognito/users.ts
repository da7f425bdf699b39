import type { User, UserPoolService } from 'cognito-local/lib/services/userPoolService';
import { AwsError, type Input } from '../aws/api';
import { context } from './context';
import type { CognitoEmulator } from './emulator';

/** Finds user pools and their users as the actions name them. */
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

/** A pool that signs in by e-mail takes upper and lower case for the same, unless it is told not to. */
export function usernameIn({ options }: UserPoolService, { Username }: Input): string {
  const { UsernameAttributes = [], UsernameConfiguration } = options;
  const isFolded = UsernameAttributes.length > 0 && UsernameConfiguration?.CaseSensitive === false;
  return isFolded ? String(Username).toLowerCase() : String(Username);
}

import type { AppClient } from 'cognito-local/lib/services/appClient';
import type { CognitoService } from 'cognito-local/lib/services/cognitoService';
import type { User, UserPoolService } from 'cognito-local/lib/services/userPoolService';
import { AwsError, type Input } from '../../aws/api';
import { context } from '../emulator/context';

/** An app client with its user pool. */
export interface App {
  readonly client: AppClient;
  readonly userPool: UserPoolService;
}

/** Finds user pools, app clients and users by the names that the actions use. */
export class CognitoUsers {
  constructor(private readonly cognito: CognitoService) {}

  /** @throws AwsError ResourceNotFoundException */
  async poolOf({ UserPoolId }: Input): Promise<UserPoolService> {
    return this.cognito.getUserPool(context, String(UserPoolId));
  }

  /** @throws AwsError ResourceNotFoundException, also if the client belongs to another pool than the input's. */
  async appOf({ ClientId, UserPoolId }: Input): Promise<App> {
    const client = await this.cognito.getAppClient(context, String(ClientId));
    if (client && (UserPoolId === undefined || client.UserPoolId === UserPoolId))
      return { client, userPool: await this.poolOf({ ...client }) };
    throw new AwsError('ResourceNotFoundException', `User pool client ${ClientId} does not exist.`);
  }

  /** @throws AwsError UserNotFoundException */
  async find(userPool: UserPoolService, Username: unknown): Promise<User> {
    const user = await userPool.getUserByUsername(context, String(Username));
    if (!user) throw new AwsError('UserNotFoundException', 'User does not exist.');
    return user;
  }

  /** Finds the user whom an administrator's call names. */
  async findIn(input: Input): Promise<{ userPool: UserPoolService; user: User }> {
    const userPool = await this.poolOf(input);
    return { userPool, user: await this.find(userPool, input.Username) };
  }
}

/** Whether an app client must not tell whether a user exists. */
export function hidesUsers({ PreventUserExistenceErrors }: AppClient): boolean {
  return PreventUserExistenceErrors === 'ENABLED';
}

/** The error for a user whom a sign-up or a forgotten password names, but whom the app does not have. */
export function unknownUser(): AwsError {
  return new AwsError('UserNotFoundException', 'Username/client id combination not found.');
}

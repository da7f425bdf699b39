import { randomUUID } from 'node:crypto';
import type { Triggers } from 'cognito-local/lib/services/triggers/triggers';
import {
  attribute,
  attributesAppend,
  attributesFromRecord,
  attributesToRecord,
  type UserPoolService,
} from 'cognito-local/lib/services/userPoolService';
import { AwsError, type Input } from '../aws/api';
import { context } from './context';
import type { CognitoEmulator } from './emulator';
import { callPostConfirmation, type InvokeTrigger } from './trigger';
import type { CognitoUsers } from './users';

type Confirmation = Parameters<Triggers['postConfirmation']>[1];

/** Confirms users and calls their user pool's current post confirmation trigger. */
export class CognitoConfirmation {
  private readonly beingConfirmed = new Set<string>();

  constructor(
    private readonly emulator: CognitoEmulator,
    private readonly users: CognitoUsers,
    private readonly invokeFunction: InvokeTrigger,
  ) {}

  async confirmSignUp(input: Input): Promise<unknown> {
    const userPool = await this.users.poolOfClient(input);
    const user = await this.users.find(userPool, input);
    const isBeingConfirmed = this.beingConfirmed.has(user.Username);
    if (user.UserStatus !== 'UNCONFIRMED' || isBeingConfirmed) {
      const status = isBeingConfirmed ? 'CONFIRMED' : user.UserStatus;
      throw new AwsError('NotAuthorizedException', `User cannot be confirmed. Current status is ${status}`);
    }
    this.beingConfirmed.add(user.Username);
    try {
      return await this.emulator.perform('ConfirmSignUp', { ...input, Username: user.Username });
    } finally {
      this.beingConfirmed.delete(user.Username);
    }
  }

  /**
   * Signs a person in through an identity provider for the first time. Cognito then creates their user and
   * calls the post confirmation trigger.
   *
   * @returns the user's `sub`.
   */
  async signInFederated(
    userPoolId: string,
    provider: string,
    attributes: Record<string, string>,
  ): Promise<string> {
    const userPool = await this.users.poolOf({ UserPoolId: userPoolId });
    const now = new Date();
    const { sub = randomUUID() } = attributes;
    const username = `${provider}_${sub}`;
    const Attributes = attributesFromRecord({ ...attributes, sub });
    await userPool.saveUser(context, {
      Username: username,
      Attributes,
      Enabled: true,
      UserStatus: 'EXTERNAL_PROVIDER',
      Password: '',
      RefreshTokens: [],
      UserCreateDate: now,
      UserLastModifiedDate: now,
    });
    await this.confirmed({
      source: 'PostConfirmation_ConfirmSignUp',
      clientId: null,
      username,
      userPoolId,
      userAttributes: attributesAppend(Attributes, attribute('cognito:user_status', 'EXTERNAL_PROVIDER')),
    });
    return sub;
  }

  /** The emulator has already made the user CONFIRMED. They stay CONFIRMED whatever the trigger answers. */
  async confirmed(confirmation: Confirmation): Promise<void> {
    const { source, userPoolId, username, clientId, clientMetadata } = confirmation;
    const userPool = await this.users.poolOf({ UserPoolId: userPoolId });
    const byCode = source === 'PostConfirmation_ConfirmSignUp' && clientId !== null;
    const verified = byCode ? await this.verifyEmail(userPool, username) : [];
    const functionArn = userPool.options.LambdaConfig?.PostConfirmation;
    if (!functionArn) return;
    await callPostConfirmation(this.invokeFunction, {
      functionArn,
      triggerSource: source,
      userPoolId,
      userName: username,
      clientId,
      userAttributes: attributesToRecord(attributesAppend(confirmation.userAttributes, ...verified)),
      clientMetadata,
    });
  }

  /** A user who enters the code has read the mail with the code. */
  private async verifyEmail(userPool: UserPoolService, username: string) {
    const user = await userPool.getUserByUsername(context, username);
    if (!user || !userPool.options.AutoVerifiedAttributes?.includes('email')) return [];
    const verified = [attribute('email_verified', 'true')];
    await userPool.saveUser(context, { ...user, Attributes: attributesAppend(user.Attributes, ...verified) });
    return verified;
  }
}

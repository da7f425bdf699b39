import type { AppClient } from 'cognito-local/lib/services/appClient';
import type { User } from 'cognito-local/lib/services/userPoolService';
import { type AwsService, type Input, jsonResponse, type Performers } from '../aws/api';
import type { Newest } from '../aws/newest';
import { accountPerformers, checkedPerformers } from './account/account';
import { context } from './emulator/context';
import {
  type CognitoEmulator,
  EMULATED_ACTIONS,
  startCognitoEmulator,
  toAwsError,
} from './emulator/emulator';
import { type FederatedPerson, signInFederated } from './federation/federated-sign-in';
import { type IdentityProviderProperties, IdentityProviders } from './federation/identity-providers';
import { linkProviderPerformers } from './federation/link-provider';
import { Codes } from './messages/codes';
import { type DeliveredMessage, Messages } from './messages/messages';
import { signInPerformers } from './sign-in/sign-in';
import { administrationPerformers } from './sign-up/administration';
import { confirmSignUpPerformers } from './sign-up/confirm-sign-up';
import { forgottenPasswordPerformers } from './sign-up/forgotten-password';
import { signUpPerformers } from './sign-up/sign-up';
import type { CognitoParts } from './tokens/parts';
import { Tokens } from './tokens/tokens';
import type { InvokeTrigger } from './triggers/trigger';
import { Triggers } from './triggers/triggers';
import type {
  UserPoolClientProperties,
  UserPoolGroupProperties,
  UserPoolProperties,
} from './user-pool-properties';
import { listPerformers } from './user-pools/lists';
import { UserPools } from './user-pools/user-pools';
import { CognitoUsers } from './users/users';

/** What Cognito gets from the local cloud. */
interface CognitoOptions {
  readonly invokeFunction: InvokeTrigger;
  /** Whether a function, by its ARN, is in the app. */
  readonly isDeployed: (functionArn: string) => boolean;
  /** The beginning of the tokens' issuer. */
  readonly issuerDomain: string;
  /**
   * The time, in ms since 1970.
   *
   * @default - the machine's
   */
  readonly now?: () => number;
  /**
   * How long a trigger may take, in ms.
   *
   * @default - 5 s, as on AWS
   */
  readonly triggerTimeLimit?: number;
}

/** Cognito user pools, in memory. cognito-local keeps them; what users and front ends do behaves as on AWS. */
export class Cognito implements AwsService {
  readonly prefix = 'cognito-idp';
  readonly actions: readonly string[];
  /** By the ids of user pools. */
  private readonly notCalled = new Map<string, readonly string[]>();
  private readonly performers: Performers;
  private readonly identityProviders = new IdentityProviders();
  private readonly userPools: UserPools;

  private constructor(
    emulator: CognitoEmulator,
    private readonly parts: CognitoParts,
  ) {
    this.userPools = new UserPools(emulator);
    const perform = (action: string) => (input: Input) => emulator.perform(action, input);
    this.performers = {
      ...Object.fromEntries(EMULATED_ACTIONS.map((action) => [action, perform(action)])),
      ...checkedPerformers(parts, emulator.perform),
      ...this.userPools.performers,
      ...listPerformers(emulator.cognito),
      ...signUpPerformers(parts),
      ...confirmSignUpPerformers(parts),
      ...forgottenPasswordPerformers(parts),
      ...administrationPerformers(parts),
      ...signInPerformers(parts),
      ...accountPerformers(parts),
      ...linkProviderPerformers(parts, this.identityProviders),
    };
    this.actions = Object.keys(this.performers);
  }

  static async start(options: CognitoOptions): Promise<Cognito> {
    const { invokeFunction, isDeployed, issuerDomain, now = Date.now, triggerTimeLimit } = options;
    const emulator = await startCognitoEmulator(now);
    const users = new CognitoUsers(emulator.cognito);
    const triggers = new Triggers(invokeFunction, isDeployed, triggerTimeLimit);
    const messages = new Messages(triggers, now);
    const tokens = new Tokens(users, triggers, issuerDomain, now);
    return new Cognito(emulator, { users, triggers, codes: new Codes(now), messages, tokens, now });
  }

  readonly call: AwsService['call'] = async ({ action, input }) => {
    return jsonResponse(withDatesInSeconds(await this.perform(action, input)));
  };

  /** The messages that it has sent. */
  get messages(): Newest<DeliveredMessage> {
    return this.parts.messages.delivered;
  }

  /**
   * Calls the service from within the local cloud.
   *
   * @throws AwsError the error that the service answers.
   */
  perform(action: string, input: Input): Promise<unknown> {
    return withAwsErrors(async () => this.performers[action]?.(input));
  }

  async createUserPool(
    id: string,
    { UserPoolName, ...settings }: UserPoolProperties,
    poolArn?: string,
  ): Promise<void> {
    const triggers = this.parts.triggers.leaveOut(settings.LambdaConfig as Record<string, unknown>);
    this.notCalled.set(
      id,
      triggers.map((trigger) => `not called: trigger ${trigger} of user pool ${id}`),
    );
    await this.userPools.create(id, { ...settings, PoolName: UserPoolName ?? id }, poolArn);
  }

  /** What the app has that is not played, such as `not called: trigger CustomEmailSender of user pool us-east-1_AbCdEfGhI`. */
  get notPlayed(): readonly string[] {
    return [...this.notCalled.values()].flat();
  }

  /** @throws AwsError InvalidParameterException while deletion protection is active. */
  async deleteUserPool(UserPoolId: string): Promise<void> {
    await this.perform('DeleteUserPool', { UserPoolId });
    this.notCalled.delete(UserPoolId);
  }

  /** @param secret the client's secret, if the template wants one. */
  async createUserPoolClient(
    id: string,
    secret: string,
    { GenerateSecret, ...properties }: UserPoolClientProperties,
  ): Promise<void> {
    const userPool = await this.parts.users.poolOf(properties);
    const now = new Date(this.parts.now());
    await userPool.saveAppClient(context, {
      ClientName: id,
      ...properties,
      ...(GenerateSecret && { ClientSecret: secret }),
      ClientId: id,
      CreationDate: now,
      LastModifiedDate: now,
    } as AppClient);
  }

  async createUserPoolGroup(name: string, properties: UserPoolGroupProperties): Promise<void> {
    await this.perform('CreateGroup', { ...properties, GroupName: name });
  }

  createIdentityProvider(properties: IdentityProviderProperties): void {
    this.identityProviders.create(properties);
  }

  /** Every user of a user pool. */
  readonly listUsers = async (UserPoolId: string): Promise<readonly User[]> =>
    (await this.parts.users.poolOf({ UserPoolId })).listUsers(context);

  /** Signs a person in through an identity provider; answers the user's `sub`. */
  signInFederated(person: FederatedPerson): Promise<string> {
    return withAwsErrors(() => signInFederated(this.parts, this.identityProviders, person));
  }
}

async function withAwsErrors<T>(act: () => Promise<T>): Promise<T> {
  try {
    return await act();
  } catch (error) {
    throw toAwsError(error);
  }
}

/** The API writes a time as seconds since 1970. */
function withDatesInSeconds(output: unknown): unknown {
  const replacer = function (this: Record<string, unknown>, key: string, value: unknown) {
    const original = this[key];
    return original instanceof Date ? Math.floor(original.getTime() / 1000) : value;
  };
  return JSON.parse(JSON.stringify(output, replacer));
}

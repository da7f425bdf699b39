import publicKey from 'cognito-local/lib/keys/cognitoLocal.public.json';
import type { AppClient } from 'cognito-local/lib/services/appClient';
import { attributeValue, type User } from 'cognito-local/lib/services/userPoolService';
import { AwsError, type AwsService, type Input, jsonResponse, type Performers } from '../aws/api';
import { assertAcceptable, assertSignUpAllowed, assertWritable } from './checks';
import { CognitoConfirmation } from './confirmation';
import { context } from './context';
import { type DeliveredMessage, deliverInto } from './delivered-messages';
import {
  type CognitoEmulator,
  EMULATED_ACTIONS,
  type EmulatorHooks,
  startCognitoEmulator,
  toAwsError,
} from './emulator';
import { signInPerformers } from './sign-in';
import type { InvokeTrigger } from './trigger';
import { userListPage } from './user-list';
import { UserPools } from './user-pools';
import { CognitoUsers, usernameIn } from './users';

/** A user pool as the template describes it. */
export interface UserPoolProperties {
  readonly UserPoolName?: string;
  readonly Schema?: unknown[];
  readonly [property: string]: unknown;
}

/** An app client as the template describes it. */
export interface UserPoolClientProperties {
  readonly UserPoolId: string;
  readonly [property: string]: unknown;
}

/** A group as the template describes it. */
export interface UserPoolGroupProperties {
  readonly UserPoolId: string;
  readonly Description?: string;
  readonly Precedence?: number;
  readonly RoleArn?: string;
}

/** What Cognito gets from the local cloud. */
interface CognitoOptions {
  readonly invokeFunction: InvokeTrigger;
  /** The beginning of the tokens' issuer. */
  readonly issuerDomain: string;
}

/** In hours. The emulator's own default is a day. */
const TOKEN_VALIDITY = { AccessTokenValidity: 1, IdTokenValidity: 1 };

/** Cognito user pools, by cognito-local, in memory; confirmation and its trigger behave as on AWS. */
export class Cognito implements AwsService {
  readonly prefix = 'cognito-idp';
  readonly actions = EMULATED_ACTIONS;
  /** The public half of the key that signs tokens, as `/<user pool id>/.well-known/jwks.json` serves it. */
  readonly jwks = { keys: [publicKey.jwk] };

  private constructor(
    private readonly emulator: CognitoEmulator,
    private readonly users: CognitoUsers,
    private readonly userPools: UserPools,
    private readonly confirmation: CognitoConfirmation,
    private readonly signIn: Performers,
    /** The newest messages, newest first. */
    readonly messages: readonly DeliveredMessage[],
  ) {}

  static async start({ invokeFunction, issuerDomain }: CognitoOptions): Promise<Cognito> {
    const messages: DeliveredMessage[] = [];
    const hooks = {
      deliver: deliverInto(messages),
      postConfirmation: (...[, confirmed]: Parameters<EmulatorHooks['postConfirmation']>) =>
        confirmation.confirmed(confirmed),
    };
    const emulator = await startCognitoEmulator(hooks, issuerDomain);
    const users = new CognitoUsers(emulator);
    const confirmation = new CognitoConfirmation(emulator, users, invokeFunction);
    const signIn = signInPerformers(emulator, users);
    return new Cognito(emulator, users, new UserPools(emulator), confirmation, signIn, messages);
  }

  readonly call: AwsService['call'] = async ({ action, input }) => {
    return jsonResponse(withDatesInSeconds(await this.perform(action, input)));
  };

  /**
   * Calls the service from within the local cloud.
   *
   * @throws AwsError the error that the service answers.
   */
  async perform(action: string, input: Input): Promise<unknown> {
    const performer = this.performers[action] ?? this.signIn[action] ?? this.userPools.performers[action];
    try {
      return await (performer?.(input) ?? this.emulator.perform(action, input));
    } catch (error) {
      throw toAwsError(error);
    }
  }

  /** The actions for which the emulator is less strict than AWS, or answers less. */
  private readonly performers: Performers = {
    SignUp: async (input) => {
      const userPool = await this.users.poolOfClient(input);
      assertSignUpAllowed(input, userPool.options);
      assertAcceptable(input, userPool.options);
      const Username = usernameIn(userPool, input);
      return this.emulator.perform('SignUp', { ...input, Username });
    },
    UpdateUserAttributes: (input) => {
      assertWritable(input);
      return this.emulator.perform('UpdateUserAttributes', input);
    },
    ConfirmSignUp: (input) => this.confirmation.confirmSignUp(input),
    AdminConfirmSignUp: async (input) => {
      await this.users.find(await this.users.poolOf(input), input);
      return this.emulator.perform('AdminConfirmSignUp', input);
    },
    ForgotPassword: async (input) => {
      const user = await this.users.find(await this.users.poolOfClient(input), input);
      if (attributeValue('email_verified', user.Attributes) !== 'true') {
        const message =
          'Cannot reset password for the user as there is no registered/verified email or phone_number';
        throw new AwsError('InvalidParameterException', message);
      }
      return this.emulator.perform('ForgotPassword', input);
    },
    ConfirmForgotPassword: async (input) => {
      assertAcceptable(input, (await this.users.poolOfClient(input)).options);
      return this.emulator.perform('ConfirmForgotPassword', input);
    },
    AdminSetUserPassword: async (input) => {
      assertAcceptable(input, (await this.users.poolOf(input)).options);
      return this.emulator.perform('AdminSetUserPassword', input);
    },
    AdminListGroupsForUser: async (input) => {
      // The emulator looks for members by username only.
      const user = await this.users.find(await this.users.poolOf(input), input);
      return this.emulator.perform('AdminListGroupsForUser', { ...input, Username: user.Username });
    },
    CreateUserPoolClient: (input) => {
      const TokenValidityUnits = { IdToken: 'hours', ...(input.TokenValidityUnits as object | undefined) };
      const client = { ...TOKEN_VALIDITY, ...input, TokenValidityUnits };
      return this.emulator.perform('CreateUserPoolClient', client);
    },
    ListUsers: async (input) => {
      const userPool = await this.users.poolOf(input);
      return userListPage(await userPool.listUsers(context, input.Filter as string | undefined), input);
    },
  };

  /** @throws Error for any trigger but the post confirmation trigger. */
  async createUserPool(id: string, { UserPoolName, ...settings }: UserPoolProperties): Promise<void> {
    const [unknown] = Object.keys(settings.LambdaConfig ?? {}).filter(
      (trigger) => trigger !== 'PostConfirmation',
    );
    if (unknown) throw new Error(`the local cloud does not call the trigger ${unknown} of user pool ${id}`);
    await this.userPools.create(id, { ...settings, PoolName: UserPoolName ?? id });
  }

  async createUserPoolClient(id: string, properties: UserPoolClientProperties): Promise<void> {
    const userPool = await this.emulator.cognito.getUserPool(context, properties.UserPoolId);
    const now = new Date();
    await userPool.saveAppClient(context, {
      ClientName: id,
      ...TOKEN_VALIDITY,
      ...properties,
      ClientId: id,
      CreationDate: now,
      LastModifiedDate: now,
    } as AppClient);
  }

  async createUserPoolGroup(name: string, properties: UserPoolGroupProperties): Promise<void> {
    await this.perform('CreateGroup', { ...properties, GroupName: name });
  }

  /** Every user of a user pool. */
  readonly listUsers = async (UserPoolId: string): Promise<readonly User[]> =>
    (await this.users.poolOf({ UserPoolId })).listUsers(context);

  /** Signs a user in through an identity provider for the first time; answers the user's `sub`. */
  readonly signInFederated: CognitoConfirmation['signInFederated'] = (...person) =>
    this.confirmation.signInFederated(...person);
}

/** The API writes a time as seconds since 1970. */
function withDatesInSeconds(output: unknown): unknown {
  const replacer = function (this: Record<string, unknown>, key: string, value: unknown) {
    const original = this[key];
    return original instanceof Date ? Math.floor(original.getTime() / 1000) : value;
  };
  return JSON.parse(JSON.stringify(output, replacer));
}

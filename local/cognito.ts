import { randomUUID } from 'node:crypto';
import { InvalidPasswordError, NotAuthorizedError } from 'cognito-local/lib/errors';
import publicKey from 'cognito-local/lib/keys/cognitoLocal.public.json';
import type { AppClient } from 'cognito-local/lib/services/appClient';
import type { Messages } from 'cognito-local/lib/services/messages';
import type { Triggers } from 'cognito-local/lib/services/triggers/triggers';
import {
  attribute,
  attributesAppend,
  attributesFromRecord,
  attributesToRecord,
  attributeValue,
  type User,
  type UserPool,
  type UserPoolService,
} from 'cognito-local/lib/services/userPoolService';
import { AwsError, type AwsService, type Input, jsonResponse } from './aws-api';
import { assertAcceptable } from './cognito-checks';
import {
  type CognitoEmulator,
  context,
  EMULATED_ACTIONS,
  startCognitoEmulator,
  toAwsError,
} from './cognito-emulator';
import { callPostConfirmation, type InvokeFunction } from './cognito-trigger';
import { userListPage } from './cognito-user-list';
import { arn } from './environment';

/** A message that Cognito would have sent; `sentAt` is ISO 8601. */
export interface DeliveredMessage {
  readonly to: string;
  readonly code: string;
  /** What it is for, in Cognito's words: `SignUp`, `ForgotPassword`, … */
  readonly purpose: string;
  readonly sentAt: string;
}

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

/** What the local cloud gives its Cognito. */
export interface CognitoOptions {
  readonly invokeFunction: InvokeFunction;
  /** What the issuer of tokens begins with. */
  readonly issuerDomain: string;
}

type Confirmation = Parameters<Triggers['postConfirmation']>[1];

/** Cognito user pools, by cognito-local, in memory; confirmation and its trigger behave as on AWS. */
export class Cognito implements AwsService {
  readonly prefix = 'cognito-idp';
  readonly actions = EMULATED_ACTIONS;
  /** The public half of the key that signs tokens, as `/<user pool id>/.well-known/jwks.json` serves it. */
  readonly jwks = { keys: [publicKey.jwk] };
  /** Every message so far, newest first. */
  readonly messages: DeliveredMessage[] = [];
  private emulator!: CognitoEmulator;
  private readonly beingConfirmed = new Set<string>();
  /** Usernames by what people sign in with: the emulator would look through all users. */
  private readonly usernames = new Map<string, string>();

  private constructor(private readonly options: CognitoOptions) {}

  static async start(options: CognitoOptions): Promise<Cognito> {
    const cognito = new Cognito(options);
    cognito.emulator = await startCognitoEmulator(
      {
        deliver: (...message) => cognito.deliver(...message),
        postConfirmation: (_, confirmation) => cognito.confirmed(confirmation),
      },
      options.issuerDomain,
    );
    return cognito;
  }

  readonly call: AwsService['call'] = async ({ action, input }) => {
    try {
      const perform = this.performers[action] ?? ((same: Input) => this.emulator.perform(action, same));
      return jsonResponse(withDatesInSeconds(await perform(input)));
    } catch (error) {
      throw toAwsError(error);
    }
  };

  /** Where the emulator is laxer than AWS, or answers less. */
  private readonly performers: Record<string, (input: Input) => Promise<unknown>> = {
    SignUp: async (input) => {
      const userPool = await this.userPoolOfClient(input);
      assertAcceptable(input, userPool.options);
      const Username = usernameIn(userPool, input);
      const output = (await this.emulator.perform('SignUp', { ...input, Username })) as { UserSub: string };
      if (isSignInByAlias(userPool)) this.usernames.set(`${userPool.options.Id} ${Username}`, output.UserSub);
      return output;
    },
    ConfirmSignUp: (input) => this.confirmSignUp(input),
    AdminConfirmSignUp: async (input) => {
      await this.findUser(await this.userPool(input), input);
      return this.emulator.perform('AdminConfirmSignUp', input);
    },
    ForgotPassword: async (input) => {
      const user = await this.findUser(await this.userPoolOfClient(input), input);
      if (attributeValue('email_verified', user.Attributes) !== 'true') {
        const message =
          'Cannot reset password for the user as there is no registered/verified email or phone_number';
        throw new AwsError('InvalidParameterException', message);
      }
      return this.emulator.perform('ForgotPassword', input);
    },
    ConfirmForgotPassword: async (input) => {
      assertAcceptable(input, (await this.userPoolOfClient(input)).options);
      return this.emulator.perform('ConfirmForgotPassword', input);
    },
    InitiateAuth: (input) => this.initiateAuth(input),
    AdminListGroupsForUser: async (input) => {
      // The emulator looks for members by username only.
      const user = await this.findUser(await this.userPool(input), input);
      return this.emulator.perform('AdminListGroupsForUser', { ...input, Username: user.Username });
    },
    ListUsers: async (input) => {
      const userPool = await this.userPool(input);
      return userListPage(await userPool.listUsers(context, input.Filter as string | undefined), input);
    },
  };

  /** @throws Error for a trigger other than the post confirmation one. */
  async createUserPool(id: string, { UserPoolName, Schema, ...settings }: UserPoolProperties): Promise<void> {
    const [unknown] = Object.keys(settings.LambdaConfig ?? {}).filter(
      (trigger) => trigger !== 'PostConfirmation',
    );
    if (unknown) throw new Error(`the local cloud does not call the trigger ${unknown} of user pool ${id}`);
    const now = new Date();
    await this.emulator.cognito.createUserPool(context, {
      ...settings,
      Id: id,
      Name: UserPoolName ?? id,
      Arn: arn('cognito-idp', `userpool/${id}`),
      CreationDate: now,
      LastModifiedDate: now,
    } as UserPool);
  }

  async createUserPoolClient(id: string, properties: UserPoolClientProperties): Promise<void> {
    const userPool = await this.emulator.cognito.getUserPool(context, properties.UserPoolId);
    const now = new Date();
    await userPool.saveAppClient(context, {
      ClientName: id,
      // The emulator's own default is a day; these are in hours.
      AccessTokenValidity: 1,
      IdTokenValidity: 1,
      ...properties,
      ClientId: id,
      CreationDate: now,
      LastModifiedDate: now,
    } as AppClient);
  }

  async createUserPoolGroup(name: string, properties: UserPoolGroupProperties): Promise<void> {
    await this.emulator.perform('CreateGroup', { ...properties, GroupName: name });
  }

  /** Every user of a user pool. */
  async listUsers(userPoolId: string): Promise<readonly User[]> {
    return (await this.userPool({ UserPoolId: userPoolId })).listUsers(context);
  }

  /**
   * Signs a person in who comes from an identity provider for the first time: Cognito then creates their user
   * and calls the post confirmation trigger.
   *
   * @returns the user's `sub`.
   */
  async signInFederated(
    userPoolId: string,
    provider: string,
    attributes: Record<string, string>,
  ): Promise<string> {
    const userPool = await this.userPool({ UserPoolId: userPoolId });
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

  private async deliver(...message: Parameters<Messages['deliver']>): Promise<void> {
    const [, purpose, _clientId, _userPoolId, _user, code, _metadata, { Destination: to }] = message;
    this.messages.unshift({ to, code, purpose, sentAt: new Date().toISOString() });
  }

  private userPool({ UserPoolId }: Input): Promise<UserPoolService> {
    return this.emulator.cognito.getUserPool(context, String(UserPoolId));
  }

  private userPoolOfClient({ ClientId }: Input): Promise<UserPoolService> {
    return this.emulator.cognito.getUserPoolForClientId(context, String(ClientId));
  }

  private async findUser(userPool: UserPoolService, input: Input): Promise<User> {
    const name = usernameIn(userPool, input);
    const username = this.usernames.get(`${userPool.options.Id} ${name}`) ?? name;
    const user = await userPool.getUserByUsername(context, username);
    if (!user) throw new AwsError('UserNotFoundException', 'User does not exist.');
    return user;
  }

  private async confirmSignUp(input: Input): Promise<unknown> {
    const userPool = await this.userPoolOfClient(input);
    const user = await this.findUser(userPool, input);
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

  private async initiateAuth(input: Input): Promise<unknown> {
    try {
      const output = (await this.emulator.perform('InitiateAuth', input)) as {
        AuthenticationResult?: TokenSet;
      };
      const { AuthenticationResult: tokens } = output;
      if (!tokens) return output;
      const [, claims = ''] = tokens.AccessToken.split('.');
      const { exp, iat } = JSON.parse(Buffer.from(claims, 'base64url').toString());
      return { ...output, AuthenticationResult: { ...tokens, ExpiresIn: exp - iat, TokenType: 'Bearer' } };
    } catch (error) {
      // AWS does not tell which of the two was wrong.
      if (!(error instanceof InvalidPasswordError || error instanceof NotAuthorizedError)) throw error;
      throw new AwsError('NotAuthorizedException', 'Incorrect username or password.');
    }
  }

  /** The emulator has made the user CONFIRMED by now, which stays so whatever the trigger answers. */
  private async confirmed(confirmation: Confirmation): Promise<void> {
    const { source, userPoolId, username, clientId, clientMetadata } = confirmation;
    const userPool = await this.emulator.cognito.getUserPool(context, userPoolId);
    const byCode = source === 'PostConfirmation_ConfirmSignUp' && clientId !== null;
    const verified = byCode ? await this.verifyEmail(userPool, username) : [];
    const functionArn = userPool.options.LambdaConfig?.PostConfirmation;
    if (!functionArn) return;
    await callPostConfirmation(this.options.invokeFunction, {
      functionArn,
      triggerSource: source,
      userPoolId,
      userName: username,
      clientId,
      userAttributes: attributesToRecord(attributesAppend(confirmation.userAttributes, ...verified)),
      clientMetadata,
    });
  }

  /** Who enters the code has read the mail that it came with. */
  private async verifyEmail(userPool: UserPoolService, username: string) {
    const user = await userPool.getUserByUsername(context, username);
    if (!user || !userPool.options.AutoVerifiedAttributes?.includes('email')) return [];
    const verified = [attribute('email_verified', 'true')];
    await userPool.saveUser(context, { ...user, Attributes: attributesAppend(user.Attributes, ...verified) });
    return verified;
  }
}

interface TokenSet {
  readonly AccessToken: string;
}

/** Then Cognito makes up the username itself: it is the `sub`. */
function isSignInByAlias({ options }: UserPoolService): boolean {
  return (options.UsernameAttributes ?? []).length > 0;
}

/** A pool that signs in by e-mail takes upper and lower case for the same, unless it is told not to. */
function usernameIn(userPool: UserPoolService, { Username }: Input): string {
  const { UsernameConfiguration } = userPool.options;
  const isFolded = isSignInByAlias(userPool) && UsernameConfiguration?.CaseSensitive === false;
  return isFolded ? String(Username).toLowerCase() : String(Username);
}

/** The API's form of a time is seconds since 1970. */
function withDatesInSeconds(output: unknown): unknown {
  const replacer = function (this: Record<string, unknown>, key: string, value: unknown) {
    const original = this[key];
    return original instanceof Date ? Math.floor(original.getTime() / 1000) : value;
  };
  return JSON.parse(JSON.stringify(output, replacer));
}

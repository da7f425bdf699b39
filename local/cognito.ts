import publicKey from 'cognito-local/lib/keys/cognitoLocal.public.json';
import type { AppClient } from 'cognito-local/lib/services/appClient';
import type { Messages } from 'cognito-local/lib/services/messages';
import type { Triggers } from 'cognito-local/lib/services/triggers/triggers';
import {
  attribute,
  attributesAppend,
  attributesToRecord,
  type UserPool,
  type UserPoolService,
} from 'cognito-local/lib/services/userPoolService';
import { AwsError, type AwsService, jsonService } from './aws-api';
import { type CognitoEmulator, context, startCognitoEmulator } from './cognito-emulator';
import { callPostConfirmation, type InvokeFunction } from './cognito-trigger';
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
  /**
   * How long a trigger may take to answer, in ms.
   *
   * @default - 5,000, as on AWS
   */
  readonly triggerTimeLimit?: number;
}

type Confirmation = Parameters<Triggers['postConfirmation']>[1];

/** Cognito user pools, by cognito-local, in memory; confirmation and its trigger behave as on AWS. */
export class Cognito {
  /** The public half of the key that signs tokens, as `/<user pool id>/.well-known/jwks.json` serves it. */
  readonly jwks = { keys: [publicKey.jwk] };
  /** Every message so far, newest first. */
  readonly messages: DeliveredMessage[] = [];
  private emulator!: CognitoEmulator;

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

  /** The service's API. */
  readonly service: AwsService = (request) => {
    const perform = async (input: Record<string, unknown>) => {
      const output = await this.emulator.perform(request.action, await this.asOnAws(request.action, input));
      return withDatesInSeconds(output);
    };
    return jsonService({ [request.action]: perform })(request);
  };

  async createUserPool(id: string, { UserPoolName, Schema, ...settings }: UserPoolProperties): Promise<void> {
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
      ...properties,
      ClientId: id,
      CreationDate: now,
      LastModifiedDate: now,
    } as AppClient);
  }

  async createUserPoolGroup(name: string, properties: UserPoolGroupProperties): Promise<void> {
    await this.emulator.perform('CreateGroup', { ...properties, GroupName: name });
  }

  private async deliver(...[, purpose, , , , code, , { Destination }]: Parameters<Messages['deliver']>) {
    this.messages.unshift({ to: Destination, code, purpose, sentAt: new Date().toISOString() });
  }

  /** Makes up for where the emulator is laxer, or finds less, than AWS. */
  private async asOnAws(action: string, input: Record<string, unknown>): Promise<Record<string, unknown>> {
    if (action === 'ConfirmSignUp')
      await this.assertUnconfirmed(String(input.ClientId), String(input.Username));
    if (action !== 'AdminListGroupsForUser') return input;
    // The emulator looks for members by username only, AWS by e-mail address as well.
    const userPool = await this.emulator.cognito.getUserPool(context, String(input.UserPoolId));
    const user = await userPool.getUserByUsername(context, String(input.Username));
    return { ...input, Username: user?.Username ?? input.Username };
  }

  private async assertUnconfirmed(clientId: string, username: string): Promise<void> {
    const userPool = await this.emulator.cognito.getUserPoolForClientId(context, clientId);
    const user = await userPool.getUserByUsername(context, username);
    if (!user || user.UserStatus === 'UNCONFIRMED') return;
    const message = `User cannot be confirmed. Current status is ${user.UserStatus}`;
    throw new AwsError('NotAuthorizedException', message);
  }

  /** The emulator has made the user CONFIRMED by now, which stays so whatever the trigger answers. */
  private async confirmed(confirmation: Confirmation): Promise<void> {
    const { source, userPoolId, username, clientId, clientMetadata } = confirmation;
    const userPool = await this.emulator.cognito.getUserPool(context, userPoolId);
    const byCode = source === 'PostConfirmation_ConfirmSignUp' && clientId !== null;
    const verified = byCode ? await this.verifyEmail(userPool, username) : [];
    const functionArn = userPool.options.LambdaConfig?.PostConfirmation;
    if (!functionArn) return;
    await callPostConfirmation(
      this.options.invokeFunction,
      {
        functionArn,
        triggerSource: source,
        userPoolId,
        userName: username,
        clientId,
        userAttributes: attributesToRecord(attributesAppend(confirmation.userAttributes, ...verified)),
        clientMetadata,
      },
      this.options.triggerTimeLimit,
    );
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

/** The API's form of a time is seconds since 1970. */
function withDatesInSeconds(output: unknown): unknown {
  const replacer = function (this: Record<string, unknown>, key: string, value: unknown) {
    const original = this[key];
    return original instanceof Date ? Math.floor(original.getTime() / 1000) : value;
  };
  return JSON.parse(JSON.stringify(output, replacer));
}

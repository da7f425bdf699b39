import type {
  AdminGetUserCommandOutput,
  AttributeType,
  AuthenticationResultType,
  CreateUserPoolClientCommandInput,
  CreateUserPoolClientCommandOutput,
  CreateUserPoolCommandInput,
  CreateUserPoolCommandOutput,
  InitiateAuthCommandOutput,
  RespondToAuthChallengeCommandOutput,
  SignUpCommandOutput,
  UserType,
} from '@aws-sdk/client-cognito-identity-provider';
import * as cognitoIdp from '@aws-sdk/client-cognito-identity-provider';
import { AwsError, type Input } from '../../local/aws/api';
import { modelledInput } from '../../local/aws/modelled-input';
import { Cognito } from '../../local/cognito/cognito';
import type { DeliveredMessage } from '../../local/cognito/messages/messages';
import { differencesFromModel } from './modelled-output';

/** A pool where people sign in by their e-mail address, which a code verifies. */
export const BY_EMAIL = {
  UsernameAttributes: ['email' as const],
  AutoVerifiedAttributes: ['email' as const],
};

export const PASSWORD = 'Correct-Horse-7-Battery';

/** A trigger's event. */
export interface TriggerEvent {
  readonly triggerSource: string;
  readonly userName: string;
  readonly callerContext: { readonly clientId: string };
  readonly request: Record<string, unknown>;
  readonly response: Record<string, unknown>;
}

/** A trigger's function; what it returns becomes the `response` of the event. */
type Trigger = (event: TriggerEvent) => Record<string, unknown> | undefined;

interface CognitoAppOptions {
  readonly pool?: Partial<CreateUserPoolCommandInput>;
  readonly client?: Partial<CreateUserPoolClientCommandInput>;
  /** By the trigger's name in `LambdaConfig`. */
  readonly triggers?: Record<string, Trigger>;
  /** The version of the trigger for tokens. */
  readonly tokenEventVersion?: string;
}

const arnOf = (name: string) => `arn:aws:lambda:us-east-1:000000000000:function:${name}`;

/** A user pool with one app client, without a server, and with a clock that only tests move. */
export class CognitoApp {
  readonly events: TriggerEvent[] = [];
  userPoolId = '';
  clientId = '';
  private time = Date.parse('2026-11-26T12:00:00Z');

  private constructor(readonly cognito: Cognito) {}

  static async create({ pool, client, triggers = {}, tokenEventVersion }: CognitoAppOptions = {}) {
    const app: CognitoApp = new CognitoApp(
      await Cognito.start({
        invokeFunction: async (functionArn, payload) => app.invoke(triggers, functionArn, payload),
        isDeployed: () => true,
        issuerDomain: 'http://127.0.0.1:4566',
        now: () => app.time,
      }),
    );
    const config = Object.keys(triggers).map((name) =>
      tokenEventVersion && name === 'PreTokenGeneration'
        ? ['PreTokenGenerationConfig', { LambdaArn: arnOf(name), LambdaVersion: tokenEventVersion }]
        : [name, arnOf(name)],
    );
    const settings = { PoolName: 'pool', LambdaConfig: Object.fromEntries(config), ...pool };
    const { UserPool } = await app.call<CreateUserPoolCommandOutput>('CreateUserPool', settings);
    app.userPoolId = UserPool?.Id ?? '';
    app.clientId = await app.addClient(client);
    return app;
  }

  /** Adds an app client that allows the flows in which a password or a refresh token signs in. */
  async addClient(client: Partial<CreateUserPoolClientCommandInput> = {}): Promise<string> {
    const flows = ['ADMIN_USER_PASSWORD_AUTH', 'REFRESH_TOKEN_AUTH', 'USER_PASSWORD_AUTH', 'USER_SRP_AUTH'];
    const { UserPoolClient } = await this.call<CreateUserPoolClientCommandOutput>('CreateUserPoolClient', {
      UserPoolId: this.userPoolId,
      ClientName: 'app',
      ExplicitAuthFlows: flows.map((flow) => `ALLOW_${flow}`),
      ...client,
    });
    return UserPoolClient?.ClientId ?? '';
  }

  /** Moves the clock on. */
  pass({ days = 0, hours = 0, minutes = 0 }: { days?: number; hours?: number; minutes?: number }): void {
    this.time += ((days * 24 + hours) * 60 + minutes) * 60_000;
  }

  /**
   * Performs an action, as the gateway passes it on.
   *
   * @throws Error for an answer that AWS's model does not know.
   */
  async call<Output = Record<string, unknown>>(action: string, input: Input = {}): Promise<Output> {
    const output = await this.cognito.perform(action, modelledInput('cognito-idp', action, input));
    const differences = differencesFromModel(cognitoIdp, action, JSON.parse(JSON.stringify(output)));
    if (differences.length > 0) throw new Error(differences.join('; '));
    return output as Output;
  }

  /** Performs an action of users: with the app client. */
  asUser<Output = Record<string, unknown>>(action: string, input: Input = {}): Promise<Output> {
    return this.call(action, { ClientId: this.clientId, ...input });
  }

  /** Performs an action of administrators. */
  asAdmin<Output = Record<string, unknown>>(action: string, input: Input = {}): Promise<Output> {
    return this.call(action, { UserPoolId: this.userPoolId, ...input });
  }

  async signUp(Username: string, attributes: Record<string, string> = {}, input: Input = {}) {
    return this.asUser<SignUpCommandOutput>('SignUp', {
      Username,
      Password: PASSWORD,
      UserAttributes: listOf(attributes),
      ...input,
    });
  }

  /** Confirms a sign-up with the newest code that went to an address. */
  async confirm(Username: string, to = Username, input: Input = {}) {
    return this.asUser('ConfirmSignUp', { Username, ConfirmationCode: this.codeFor(to), ...input });
  }

  async signIn(USERNAME: string, password = PASSWORD, input: Input = {}): Promise<AuthenticationResultType> {
    const { AuthenticationResult } = await this.initiateAuth(USERNAME, password, input);
    return AuthenticationResult ?? {};
  }

  /** Begins a sign-in that may end in a challenge. */
  initiateAuth(USERNAME: string, password = PASSWORD, input: Input = {}) {
    return this.asUser<InitiateAuthCommandOutput>('InitiateAuth', {
      AuthFlow: 'USER_PASSWORD_AUTH',
      AuthParameters: { USERNAME, PASSWORD: password },
      ...input,
    });
  }

  /** Answers the challenge of a sign-in. */
  respond(
    ChallengeName: string,
    Session: string | undefined,
    ChallengeResponses: Record<string, string>,
    input: Input = {},
  ) {
    return this.asUser<RespondToAuthChallengeCommandOutput>('RespondToAuthChallenge', {
      ChallengeName,
      Session,
      ChallengeResponses,
      ...input,
    });
  }

  /** A user who has a verified e-mail address, in a pool where people sign in by it. */
  async confirmedUser(email: string, attributes: Record<string, string> = {}): Promise<string> {
    const { UserSub = '' } = await this.signUp(email, attributes);
    await this.confirm(email);
    return UserSub;
  }

  async user(Username: string): Promise<UserType & { attributes: Record<string, string> }> {
    const { UserAttributes, ...user } = await this.asAdmin<AdminGetUserCommandOutput>('AdminGetUser', {
      Username,
    });
    return { ...user, attributes: recordOf(UserAttributes) };
  }

  messageTo(to: string): DeliveredMessage {
    const message = this.cognito.messages.list().findLast((candidate) => candidate.to === to);
    if (message) return message;
    throw new Error(`nothing was sent to ${to}`);
  }

  codeFor(to: string): string {
    return this.messageTo(to).code;
  }

  /** The sources of the triggers that were called. */
  get sources(): string[] {
    return this.events.map(({ triggerSource }) => triggerSource);
  }

  event(triggerSource: string): TriggerEvent {
    const event = this.events.findLast((candidate) => candidate.triggerSource === triggerSource);
    if (event) return event;
    throw new Error(`no trigger was called for ${triggerSource}`);
  }

  private invoke(triggers: Record<string, Trigger>, functionArn: string, payload: string) {
    const event: TriggerEvent = JSON.parse(payload);
    const trigger = triggers[functionArn.split(':').at(-1) ?? ''];
    if (!trigger) throw new AwsError('ResourceNotFoundException', functionArn, 404);
    this.events.push(event);
    try {
      const response = { ...event.response, ...trigger(event) };
      return { payload: JSON.stringify({ ...event, response }), failed: false };
    } catch (error) {
      const { message: errorMessage } = error as Error;
      return { payload: JSON.stringify({ errorType: 'Error', errorMessage }), failed: true };
    }
  }
}

export function listOf(attributes: Record<string, string>) {
  return Object.entries(attributes).map(([Name, Value]) => ({ Name, Value }));
}

function recordOf(attributes: AttributeType[] = []): Record<string, string> {
  return Object.fromEntries(attributes.map(({ Name, Value = '' }) => [Name, Value]));
}

import type { User, UserPoolService } from 'cognito-local/lib/services/userPoolService';
import { attributesToRecord } from 'cognito-local/lib/services/userPoolService';
import { callTrigger, type InvokeTrigger } from './trigger';

/** The triggers that the local cloud calls. */
const TRIGGERS = [
  'CreateAuthChallenge',
  'CustomMessage',
  'DefineAuthChallenge',
  'PostAuthentication',
  'PostConfirmation',
  'PreAuthentication',
  'PreSignUp',
  'PreTokenGeneration',
  'UserMigration',
  'VerifyAuthChallengeResponse',
] as const;

export type TriggerName = (typeof TRIGGERS)[number];

type LambdaConfig = Record<string, unknown>;

/** The setting `PreTokenGenerationConfig`, or one of the triggers that the local cloud does not call. */
interface VersionedTrigger {
  readonly LambdaArn: string;
  readonly LambdaVersion: string;
}

/** What happened, for a trigger. */
export interface TriggerEvent {
  /** The part of the trigger source after the underscore. */
  readonly source: string;
  readonly userName: string;
  /** Null for calls of an administrator. */
  readonly clientId: string | null;
  readonly request: object;
  /** What the function may change, with the defaults. @default - nothing */
  readonly response?: object;
}

/** Calls the triggers of user pools. */
export class Triggers {
  /** The ARNs of the functions that are not in the app. */
  private readonly missing = new Set<string>();

  /**
   * @param isDeployed whether a function, by its ARN, is in the app.
   * @param timeLimit how long a trigger may take, in ms.
   */
  constructor(
    private readonly invoke: InvokeTrigger,
    private readonly isDeployed: (functionArn: string) => boolean,
    private readonly timeLimit?: number,
  ) {}

  /**
   * Calls a trigger, if the user pool has it and it was not left out.
   *
   * @returns what the function set in the event's `response`; undefined if it was not called.
   * @throws AwsError as {@link callTrigger} does.
   */
  async call(
    { options }: UserPoolService,
    trigger: TriggerName,
    { source, userName, clientId, request, response = {} }: TriggerEvent,
  ): Promise<Record<string, unknown> | undefined> {
    const { functionArn, version } = triggerIn(options.LambdaConfig as LambdaConfig, trigger);
    if (!functionArn || this.missing.has(functionArn)) return undefined;
    const prefix = trigger === 'PreTokenGeneration' ? 'TokenGeneration' : trigger;
    const called = {
      trigger,
      functionArn,
      triggerSource: `${prefix}_${source}`,
      version,
      userPoolId: options.Id,
      userName,
      clientId,
      request,
      response,
    };
    return callTrigger(this.invoke, called, this.timeLimit);
  }

  /**
   * Leaves out, from now on, the triggers of a template's user pool whose function is not in the app.
   *
   * @returns the names of the pool's triggers that are never called: these, and those that this class does not know.
   */
  leaveOut(config: LambdaConfig = {}): string[] {
    return Object.keys(config).filter((name) => {
      if (name === 'KMSKeyID') return false;
      const trigger = TRIGGERS.find((known) => name === known || name === `${known}Config`);
      if (!trigger) return true;
      const { functionArn } = triggerIn(config, trigger);
      if (!functionArn || this.isDeployed(functionArn)) return false;
      this.missing.add(functionArn);
      return true;
    });
  }
}

/** The version of the event that a user pool's settings want for tokens. */
export function tokenEventVersion({ options }: UserPoolService): string {
  return triggerIn(options.LambdaConfig as LambdaConfig, 'PreTokenGeneration').version;
}

/** A user's attributes, as events have them. */
export function attributesForTrigger({ Attributes, UserStatus }: User): Record<string, string> {
  return { ...attributesToRecord(Attributes), 'cognito:user_status': UserStatus };
}

/** A member of an event that is there only if the client sent it. */
export function metadata(clientMetadata: unknown): object {
  return clientMetadata === undefined ? {} : { clientMetadata };
}

function triggerIn(config: LambdaConfig = {}, trigger: TriggerName) {
  const versioned = config[`${trigger}Config`] as VersionedTrigger | undefined;
  if (versioned) return { functionArn: versioned.LambdaArn, version: versioned.LambdaVersion.charAt(1) };
  return { functionArn: config[trigger] as string | undefined, version: '1' };
}

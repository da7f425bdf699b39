import { isDeepStrictEqual } from 'node:util';
import type { Input } from '../../local/aws/api';
import { type App, onlyResourceOf, resourcesOf } from '../app/app';
import type { Actions } from './network';

/** What Cognito describes of the user pool, and what an update may change. */
type Settings = Readonly<Record<string, unknown>>;

/** The settings of a user pool besides its trigger. An update resets each one that it does not send. */
const SETTINGS: Settings = {
  Name: 'Users',
  DeletionProtection: 'ACTIVE',
  MfaConfiguration: 'OFF',
  AutoVerifiedAttributes: ['email'],
  Policies: { PasswordPolicy: { MinimumLength: 12, TemporaryPasswordValidityDays: 3 } },
  AdminCreateUserConfig: { AllowAdminCreateUserOnly: false, UnusedAccountValidityDays: 3 },
  AccountRecoverySetting: { RecoveryMechanisms: [{ Name: 'verified_email', Priority: 1 }] },
  UserPoolTags: { team: 'accounts' },
  UserPoolTier: 'ESSENTIALS',
};

interface Attachment {
  readonly UserPoolId: string;
  readonly FunctionArn: string;
}

/** The user pool of an app, with its trigger and its other settings. */
export class UserPool {
  readonly id: string;
  /** When the trigger was taken off, and when an update set it again, in ms since 1970. */
  detachedAt?: number;
  reattachedAt?: number;
  private readonly ownTrigger: string;
  private trigger: string | undefined;
  private settings: Settings = SETTINGS;

  /** @param onUpdate is told whether the settings besides the trigger are as before. */
  constructor(
    app: App,
    private readonly now: () => number,
    private readonly onUpdate: (isUnchanged: boolean) => void,
  ) {
    const { UserPoolId, FunctionArn } = attachmentIn(app);
    this.id = UserPoolId;
    this.ownTrigger = FunctionArn;
    this.trigger = FunctionArn;
  }

  readonly actions: Actions = {
    DescribeUserPool: () => ({
      UserPool: { Id: this.id, ...this.settings, LambdaConfig: this.lambdaConfig },
    }),
    UpdateUserPool: (input) => this.update(input),
  };

  get postConfirmation(): string | undefined {
    return this.trigger;
  }

  /** Takes the trigger off, as a deployment of somebody else may do. */
  detachTrigger(): void {
    this.trigger = undefined;
    this.detachedAt = this.now();
  }

  /** Puts the trigger on again, if nobody else has. */
  attachTrigger(): void {
    this.trigger ??= this.ownTrigger;
  }

  private get lambdaConfig() {
    return this.trigger === undefined ? {} : { PostConfirmation: this.trigger };
  }

  private update({ UserPoolId, PoolName, LambdaConfig, ...settings }: Input) {
    const { AdminCreateUserConfig, ...others } = settings;
    // Cognito takes the validity from the password policy.
    const validity = { ...(AdminCreateUserConfig as object), UnusedAccountValidityDays: 3 };
    this.settings = { Name: PoolName, ...others, AdminCreateUserConfig: validity };
    this.trigger = (LambdaConfig as Partial<Record<string, string>> | undefined)?.PostConfirmation;
    if (this.trigger !== undefined) this.reattachedAt = this.now();
    this.onUpdate(isDeepStrictEqual(this.settings, SETTINGS));
    return {};
  }
}

/** The pool of the template gets the trigger as a property, another one by a custom resource. */
function attachmentIn(app: App): Attachment {
  const [attachment] = resourcesOf<Attachment>(app, 'Custom::PostConfirmationTrigger');
  if (attachment) return attachment.properties;
  const { ref, properties } = onlyResourceOf<{ LambdaConfig: { PostConfirmation: string } }>(
    app,
    'AWS::Cognito::UserPool',
  );
  return { UserPoolId: ref, FunctionArn: properties.LambdaConfig.PostConfirmation };
}

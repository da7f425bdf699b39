import type { IUserPool, IUserPoolClient, UserPoolEmail } from 'aws-cdk-lib/aws-cognito';
import type { ITable } from 'aws-cdk-lib/aws-dynamodb';
import type { IEventBus } from 'aws-cdk-lib/aws-events';
import type { ScheduleExpression } from 'aws-cdk-lib/aws-scheduler';
import type { AlarmTopics } from './operations/alarms';
import type { UserRecord } from './record/user-record';
import type { OnboardingSettings } from './settings/onboarding-settings';
import type { OnboardingPace } from './settings/pace';
import type { OnboardingStep } from './steps/onboarding-step';
import type { OnboardingGroup } from './user-pool/onboarding-group';

/** The properties of a {@link UserOnboarding}. */
export interface UserOnboardingProps extends OnboardingSettings, OnboardingPace, AlarmTopics {
  /**
   * The user pool whose confirmed users are onboarded.
   *
   * A pool of the same stack gets the trigger as a property. For any other pool, say with `attachTrigger` how
   * it gets it.
   *
   * @default - a new one in which people sign themselves up by e-mail, with an app client
   */
  readonly userPool?: IUserPool;
  /**
   * The app client of `userPool` through which members of a group created here get AWS credentials.
   *
   * @default - the one of a new user pool; otherwise none, and a group created here has no IAM role
   */
  readonly userPoolClient?: IUserPoolClient;
  /**
   * The user pool group that a user joins.
   *
   * @default OnboardingGroup.named('users')
   */
  readonly group?: OnboardingGroup;
  /**
   * Whether to create every group that `group` names. They share one IAM role.
   *
   * @default - true for a new user pool; an existing `userPool` is expected to have the groups
   */
  readonly createGroups?: boolean;
  /**
   * The precedence of the first group that is created; each next one has one more. Where a user is in several
   * groups, the one with the lowest number decides their role.
   *
   * @default - no precedence
   */
  readonly groupPrecedence?: number;
  /**
   * Whether a custom resource attaches the trigger to a `userPool` that this stack does not create. With false,
   * you attach it. Any other pool always has the trigger as a property.
   *
   * @default - none: it must be given for such a pool, and for no other
   */
  readonly attachTrigger?: boolean;
  /**
   * Whether `attachTrigger` may replace another post confirmation trigger. Deletion restores that one.
   *
   * @default false
   */
  readonly replaceTrigger?: boolean;
  /**
   * The table for the users' records, with the keys that `record.key` names.
   *
   * @default - a new one, on demand, recoverable to a point in time
   */
  readonly table?: ITable;
  /**
   * The key and the attributes of the users' records, in templates. Each of them, if given, replaces its
   * default whole.
   *
   * @default - the keys `PK` and `SK`, each `USER#<sub>`, `username`, `addresses`, an empty `shopping_cart`,
   * and `date_created`
   */
  readonly record?: UserRecord;
  /**
   * The application's own steps, between the group and the record, in this order.
   *
   * @default - none
   */
  readonly steps?: readonly OnboardingStep[];
  /**
   * The event bus that gets `UserOnboarded` after the record, at least once. docs/adopting.md has its schema.
   * Until it is published, the record has the attribute `eventPending`.
   *
   * @default - no event is published
   */
  readonly eventBus?: IEventBus;
  /**
   * Whether a native user must have a verified e-mail address. Turn it off for a pool whose users verify a
   * phone number instead, or are confirmed by the application.
   *
   * @default true
   */
  readonly requireVerifiedEmail?: boolean;
  /**
   * How a user pool that is created here sends e-mail, such as `UserPoolEmail.withSES({ fromEmail })`.
   *
   * @default - Cognito's own sender, which sends 50 e-mails a day: enough for an evaluation
   */
  readonly email?: UserPoolEmail;
  /**
   * Whether a user pool and a table that are created here refuse to be deleted.
   *
   * Turn it on after the first deployment: if that one fails, its rollback could not delete them.
   *
   * @default false
   */
  readonly deletionProtection?: boolean;
  /**
   * When the reconciliation runs: `cron` or `rate`, in UTC unless the expression has a time zone.
   *
   * A user whom an administrator created signs in without a trigger, and waits until the next one. `rate`
   * begins with the deployment, before anybody can count the users that it will onboard.
   *
   * @default - every day at 02:30
   */
  readonly reconciliationSchedule?: ScheduleExpression;
}

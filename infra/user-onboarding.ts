import type { CfnResource } from 'aws-cdk-lib';
import type { Metric, MetricOptions } from 'aws-cdk-lib/aws-cloudwatch';
import type { CfnIdentityPool, IUserPool, IUserPoolClient } from 'aws-cdk-lib/aws-cognito';
import type { ITable } from 'aws-cdk-lib/aws-dynamodb';
import type { IEventBus } from 'aws-cdk-lib/aws-events';
import type { IRole } from 'aws-cdk-lib/aws-iam';
import type { ScheduleExpression } from 'aws-cdk-lib/aws-scheduler';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { allowCloudWatchLogs } from './access/encryption';
import { AddUserToGroupFunction } from './functions/add-user-to-group';
import type { OnboardingFunction } from './functions/onboarding-function';
import { PostConfirmationFunction } from './functions/post-confirmation';
import { PutUserRecordFunction } from './functions/put-user-record';
import type { ReconcileUsersFunction } from './functions/reconcile-users';
import { RetryOnboardingFunction } from './functions/retry-onboarding';
import { assertGivenResources } from './given-resources';
import { createOutputs, type OutputSources } from './onboarding-outputs';
import { type AlarmTopics, OnboardingAlarms } from './operations/alarms';
import { OnboardingDashboard } from './operations/dashboard';
import { OnboardingMetrics } from './operations/metrics';
import { Reconciliation } from './operations/reconciliation';
import { RetryQueue } from './operations/retry-queue';
import { assertFitsTable } from './record/existing-table';
import { refuseUnfitIndexKeys } from './record/index-keys';
import { OnboardingTable } from './record/table';
import { attributesNamedBy } from './record/user-record';
import { type ResolvedProps, resolveProps } from './resolved-props';
import { partitionOf } from './settings/partition';
import { OnboardingStateMachine } from './state-machines/onboarding';
import type { ReconciliationStateMachine } from './state-machines/reconciliation';
import { refuseCircles } from './steps/circle';
import type { UserOnboardingProps } from './user-onboarding-props';
import { connectTrigger } from './user-pool/connect-trigger';
import { assertFitsUserPool } from './user-pool/existing-user-pool';
import { GroupRole } from './user-pool/group-role';
import { createGroups } from './user-pool/groups';
import { checkNamedAttributes } from './user-pool/named-attributes';
import { userPoolResourceOf } from './user-pool/post-confirmation-trigger';
import type { TriggerAttachment } from './user-pool/trigger-attachment';
import { OnboardingUserPool } from './user-pool/user-pool';
import { refuseUsersChoice } from './user-pool/users-may-choose';
import { assertValid } from './valid-props';

export type { UserRecord } from './record/user-record';
export type { OnboardingSettings } from './settings/onboarding-settings';
export type { OnboardingStep } from './steps/onboarding-step';
export type { UserOnboardingProps } from './user-onboarding-props';
export {
  type GroupByAttributeOptions,
  OnboardingGroup,
  type OnboardingGroupOptions,
} from './user-pool/onboarding-group';

/** Adds every confirmed user of a Cognito user pool to a group and to a DynamoDB table. */
export class UserOnboarding extends Construct {
  readonly userPool: IUserPool;
  /** The app client of a new user pool, or the one that was given. */
  readonly userPoolClient?: IUserPoolClient;
  /** The names of all groups that a user can join. */
  readonly groupNames: readonly string[];
  /** The IAM role of the groups' members, if the groups were created here with one. */
  readonly groupRole?: IRole;
  /** Where the groups' members get that role's credentials. */
  readonly identityPool?: CfnIdentityPool;
  readonly table: ITable;
  readonly stateMachine: OnboardingStateMachine;
  /** The user pool's post confirmation trigger. */
  readonly triggerFunction: PostConfirmationFunction;
  /**
   * Attaches the trigger to a user pool of another stack; needs more permissions for a pool that sends SMS.
   */
  readonly attachTriggerFunction?: OnboardingFunction;
  /** Holds the users whose onboarding could not be finished in time. */
  readonly retryQueue: Queue;
  /** Holds the users whose retries all failed, and messages that are not a user. */
  readonly deadLetterQueue: Queue;
  /** Onboards the users who wait in the retry queue. */
  readonly retryFunction: RetryOnboardingFunction;
  /** Compares a page of the user pool with the table; its log has the counts of each page. */
  readonly reconcileUsersFunction: ReconcileUsersFunction;
  /** Finds confirmed users without a record: on schedule, and whenever it is started. */
  readonly reconciliationStateMachine: ReconciliationStateMachine;

  private readonly metrics: OnboardingMetrics;
  private readonly outputs: OutputSources;
  private readonly resolved: ResolvedProps;

  /** @throws Error for props that contradict one another, or that AWS would refuse. */
  constructor(scope: Construct, id: string, props: UserOnboardingProps = {}) {
    super(scope, id);
    partitionOf(this);
    assertValid(props);
    this.resolved = resolveProps(props);
    const { settings, record, group, userAttributes, times } = this.resolved;
    this.groupNames = group.names;
    assertGivenResources(this, props);
    if (settings.encryptionKey) allowCloudWatchLogs(this, settings.encryptionKey);

    if (props.userPool) assertFitsUserPool(this, props.userPool, props);
    const { deletionProtection = false } = props;
    const { userPool, userPoolClient } = props.userPool
      ? props
      : new OnboardingUserPool(this, 'Users', { deletionProtection, email: props.email });
    this.userPool = userPool as IUserPool;
    this.userPoolClient = userPoolClient;
    checkNamedAttributes(this, userPoolResourceOf(this.userPool, this), {
      all: userAttributes,
      inKey: attributesNamedBy({ key: record.key, attributes: {} }),
    });
    if (group.guarded) refuseUsersChoice(this, this.userPool, group.guarded);
    if (props.table) assertFitsTable(this, props.table, record);
    this.table = props.table ?? new OnboardingTable(this, 'Table', { record, deletionProtection, settings });
    refuseUnfitIndexKeys(this, this.table, record);
    if (group.rule && (props.createGroups ?? !props.userPool)) {
      const members = this.createGroups(props.groupPrecedence);
      this.groupRole = members?.role;
      this.identityPool = members?.identityPool;
    }

    const retry = new RetryQueue(this, 'Retry', settings, times);
    this.retryQueue = retry.queue;
    this.deadLetterQueue = retry.deadLetterQueue;
    const recording = { table: this.table, record, settings };
    const putUserRecordFunction = new PutUserRecordFunction(this, 'PutUserRecordFunction', recording);
    this.stateMachine = this.createStateMachine(putUserRecordFunction, props.eventBus);
    this.triggerFunction = this.createPostConfirmationFunction();
    const attachment = this.connectTrigger(props);
    this.attachTriggerFunction = attachment?.attachTriggerFunction;
    this.retryFunction = this.createRetryOnboardingFunction();
    retry.deliverTo(this.retryFunction);
    const reconciliation = this.createReconciliation(props.reconciliationSchedule, attachment);
    this.reconciliationStateMachine = reconciliation.stateMachine;
    this.reconcileUsersFunction = reconciliation.reconcileUsersFunction;
    const counted = { triggerFunction: this.triggerFunction, putUserRecordFunction, reconciliation };
    this.metrics = new OnboardingMetrics(this, 'Metrics', counted);
    const alarms = this.watch(reconciliation, props);
    this.outputs = { alarms, reconciliation, eventBus: props.eventBus, ...this.resolved };
  }

  /** Creates an output of the stack for every id that a person or the verification of a deployment needs. */
  createOutputs(): void {
    createOutputs(this, this.outputs);
  }

  /** How many users got their record. @default - the sum over 5 minutes */
  metricOnboarded(options?: MetricOptions): Metric {
    return this.metrics.metric('Onboarded', options);
  }

  /** How many users the trigger could not onboard in time. They are retried. @default - the sum over 5 minutes */
  metricParked(options?: MetricOptions): Metric {
    return this.metrics.metric('Parked', options);
  }

  /** How many users a scheduled reconciliation had to queue. @default - the sum over 5 minutes */
  metricMissed(options?: MetricOptions): Metric {
    return this.metrics.metric('Missed', options);
  }

  /**
   * How many confirmed users a scheduled reconciliation found whom nothing can onboard as they are. Each run
   * counts them again.
   *
   * @default - the sum over 5 minutes
   */
  metricRefused(options?: MetricOptions): Metric {
    return this.metrics.metric('Refused', options);
  }

  /** How many users the trigger skipped; its log has the reasons. @default - the sum over 5 minutes */
  metricSkipped(options?: MetricOptions): Metric {
    return this.metrics.metric('Skipped', options);
  }

  private createGroups(precedence: number | undefined): GroupRole | undefined {
    const { userPool, userPoolClient, groupNames, table } = this;
    const { group, record } = this.resolved;
    const members =
      userPoolClient &&
      new GroupRole(this, 'Members', { groupNames, userPool, userPoolClient, table, record });
    createGroups(this, { userPool, group, precedence, role: members?.role });
    return members;
  }

  private createStateMachine(
    putUserRecordFunction: PutUserRecordFunction,
    eventBus?: IEventBus,
  ): OnboardingStateMachine {
    const { userPool, table, retryQueue } = this;
    const { steps, times, settings } = this.resolved;
    const { rule } = this.resolved.group;
    return new OnboardingStateMachine(this, 'StateMachine', {
      addUserToGroupFunction:
        rule && new AddUserToGroupFunction(this, 'AddUserToGroupFunction', { userPool, rule, settings }),
      putUserRecordFunction,
      retryQueue,
      steps,
      events: eventBus && { eventBus, table },
      times,
      settings,
    });
  }

  private createPostConfirmationFunction(): PostConfirmationFunction {
    const { stateMachine, retryQueue } = this;
    const { requireVerifiedEmail, userAttributes, times, settings } = this.resolved;
    const props = { stateMachine, retryQueue, requireVerifiedEmail, userAttributes, times, settings };
    return new PostConfirmationFunction(this, 'PostConfirmationFunction', props);
  }

  private connectTrigger({ attachTrigger, replaceTrigger }: UserOnboardingProps) {
    const { userPool, triggerFunction } = this;
    const { steps, settings } = this.resolved;
    refuseCircles(this, steps, {
      stateMachine: this.stateMachine.node.defaultChild as CfnResource,
      userPool: userPoolResourceOf(userPool, this),
    });
    return connectTrigger(this, { userPool, triggerFunction, attachTrigger, replaceTrigger, settings });
  }

  private createRetryOnboardingFunction(): RetryOnboardingFunction {
    const { userPool, stateMachine, retryQueue, deadLetterQueue, table } = this;
    const { times, record, userAttributes, settings } = this.resolved;
    const { retriesPerSecond } = this.resolved.pace;
    const retried = { userPool, stateMachine, retryQueue, deadLetterQueue, table, record };
    const props = { ...retried, userAttributes, times, retriesPerSecond, settings };
    return new RetryOnboardingFunction(this, 'RetryOnboardingFunction', props);
  }

  private createReconciliation(
    schedule: ScheduleExpression | undefined,
    attachment: TriggerAttachment | undefined,
  ): Reconciliation {
    const { userPool, table, retryQueue, triggerFunction } = this;
    const { record, userAttributes, requireVerifiedEmail, settings, pace } = this.resolved;
    const { rule } = this.resolved.group;
    const compared = { userPool, rule, table, record, userAttributes, requireVerifiedEmail };
    const { reconciliationsPerSecond } = pace;
    // Where nobody asked for the trigger to be attached, the function that is there may call it.
    const otherTriggerAllowed = !attachment && !userPoolResourceOf(userPool, this);
    const trigger = { triggerFunction, otherTriggerAllowed, attachment };
    const props = { ...compared, ...trigger, retryQueue, reconciliationsPerSecond, schedule, settings };
    return new Reconciliation(this, 'Reconciliation', props);
  }

  private watch(reconciliation: Reconciliation, topics: AlarmTopics): OnboardingAlarms {
    const { triggerFunction, stateMachine, retryQueue, retryFunction, deadLetterQueue, metrics } = this;
    const watched = { triggerFunction, retryQueue, deadLetterQueue, metrics };
    const others = { stateMachine, retryFunction, reconciliation, topics };
    const alarms = new OnboardingAlarms(this, 'Alarms', { ...watched, ...others });
    new OnboardingDashboard(this, 'Dashboard', watched);
    return alarms;
  }
}

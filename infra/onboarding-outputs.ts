import { CfnOutput, Stack } from 'aws-cdk-lib';
import type { IEventBus } from 'aws-cdk-lib/aws-events';
import { LogLevel } from 'aws-cdk-lib/aws-stepfunctions';
import type { OnboardingAlarms } from './operations/alarms';
import type { Reconciliation } from './operations/reconciliation';
import type { ResolvedRecord } from './record/user-record';
import type { ResolvedSettings } from './settings/onboarding-settings';
import type { UserOnboarding } from './user-onboarding';
import type { OnboardingGroup } from './user-pool/onboarding-group';

/** What the outputs say besides the public resources of an onboarding. */
export interface OutputSources {
  readonly alarms: OnboardingAlarms;
  readonly reconciliation: Reconciliation;
  readonly group: OnboardingGroup;
  readonly record: Pick<ResolvedRecord, 'key'>;
  readonly settings: ResolvedSettings;
  readonly eventBus?: IEventBus;
}

/** Creates the outputs in the stack of an onboarding. What it does not have gets none. */
export function createOutputs(onboarding: UserOnboarding, sources: OutputSources): void {
  const stack = Stack.of(onboarding);
  const outputs = { ...resourceOutputs(onboarding), ...outputsToVerify(onboarding, sources) };
  for (const [name, value] of Object.entries(outputs)) {
    if (value !== undefined) new CfnOutput(stack, name, { value });
  }
}

function resourceOutputs(onboarding: UserOnboarding): Record<string, string | undefined> {
  return {
    UserPoolId: onboarding.userPool.userPoolId,
    UserPoolClientId: onboarding.userPoolClient?.userPoolClientId,
    GroupName: onboarding.groupNames[0],
    IdentityPoolId: onboarding.identityPool?.ref,
    TableName: onboarding.table.tableName,
    StateMachineArn: onboarding.stateMachine.stateMachineArn,
    TriggerFunctionName: onboarding.triggerFunction.functionName,
    RetryFunctionName: onboarding.retryFunction.functionName,
    RetryQueueUrl: onboarding.retryQueue.queueUrl,
    RetryQueueArn: onboarding.retryQueue.queueArn,
    DeadLetterQueueUrl: onboarding.deadLetterQueue.queueUrl,
    DeadLetterQueueArn: onboarding.deadLetterQueue.queueArn,
    ReconcileUsersFunctionName: onboarding.reconcileUsersFunction.functionName,
    ReconciliationStateMachineArn: onboarding.reconciliationStateMachine.stateMachineArn,
  };
}

/** The outputs with which a program can find out whether a deployed stack is as it was synthesized. */
function outputsToVerify(
  { groupNames, stateMachine, triggerFunction, retryFunction }: UserOnboarding,
  { alarms, reconciliation, group, record, settings, eventBus }: OutputSources,
): Record<string, string | undefined> {
  const logsAll = settings.executionLogLevel === LogLevel.ALL;
  return {
    GroupNames: JSON.stringify(groupNames),
    GroupRule: group.rule?.by,
    RecordKey: JSON.stringify(record.key),
    TriggerLogGroupName: triggerFunction.logGroup.logGroupName,
    RetryLogGroupName: retryFunction.logGroup.logGroupName,
    ExecutionLogGroupName: logsAll ? stateMachine.executionLogs.logGroupName : undefined,
    ScheduleName: reconciliation.schedule.scheduleName,
    ScheduleGroupName: reconciliation.scheduleGroup.scheduleGroupName,
    AlarmNames: alarms.names.join(','),
    EventBusName: eventBus?.eventBusName,
  };
}

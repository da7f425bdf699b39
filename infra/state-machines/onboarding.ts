import type { ITable } from 'aws-cdk-lib/aws-dynamodb';
import type { IEventBus } from 'aws-cdk-lib/aws-events';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import { LogLevel, StateMachine, StateMachineType } from 'aws-cdk-lib/aws-stepfunctions';
import type { Construct } from 'constructs';
import { acknowledge, acknowledgeLogging } from '../access/acknowledge';
import { allow } from '../access/allow';
import { allowKey, SEND_TO_QUEUE, stateMachineEncryption, WRITE_TO_TABLE } from '../access/encryption';
import type { ResolvedSettings } from '../settings/onboarding-settings';
import type { TimeBudget } from '../settings/time-budget';
import type { ResolvedStep } from '../steps/onboarding-step';
import { definitionBody, stateMachineDefinition } from './definition';
import { ExecutionLogs } from './execution-logs';
import { onboardingDefinition } from './onboarding-definition';
import { stateMachineName } from './state-machine-name';

/** Where events are published, and the table whose records are marked until then. */
export interface Events {
  readonly eventBus: IEventBus;
  readonly table: ITable;
}

/** The resources that the definition names. */
export interface OnboardingStateMachineProps {
  /** @default - nobody is added to a group */
  readonly addUserToGroupFunction?: IFunction;
  readonly putUserRecordFunction: IFunction;
  readonly retryQueue: IQueue;
  readonly steps: readonly ResolvedStep[];
  /** @default - no event is published */
  readonly events?: Events;
  readonly times: TimeBudget;
  readonly settings: ResolvedSettings;
}

/** The Express state machine of `state-machines/onboarding.asl.json`, with the steps of the application. */
export class OnboardingStateMachine extends StateMachine {
  readonly executionLogs: ExecutionLogs;

  constructor(scope: Construct, id: string, props: OnboardingStateMachineProps) {
    const { addUserToGroupFunction, putUserRecordFunction, retryQueue, settings, steps, events } = props;
    const executionLogs = new ExecutionLogs(scope, `${id}Logs`, settings);
    super(scope, id, {
      stateMachineName: stateMachineName(scope, id),
      encryptionConfiguration: stateMachineEncryption(settings.encryptionKey),
      stateMachineType: StateMachineType.EXPRESS,
      definitionBody: definitionBody(scope, definitionFor(props)),
      definitionSubstitutions: {
        ...(addUserToGroupFunction && { AddUserToGroupFunctionArn: addUserToGroupFunction.functionArn }),
        PutUserRecordFunctionArn: putUserRecordFunction.functionArn,
        RetryQueueUrl: retryQueue.queueUrl,
        ...Object.fromEntries(steps.map((step) => [`${step.name}FunctionArn`, step.function.functionArn])),
        ...(events && { EventBusArn: events.eventBus.eventBusArn, TableName: events.table.tableName }),
      },
      tracingEnabled: settings.tracing,
      // Express executions have no history of their own: the console shows them from these logs.
      logs: {
        destination: executionLogs,
        level: settings.executionLogLevel,
        includeExecutionData: settings.logExecutionData,
      },
    });
    this.executionLogs = executionLogs;
    if (settings.executionLogLevel !== LogLevel.ALL) {
      acknowledge(this, 'SF1', 'The application has chosen to log fewer events.');
    }
    acknowledgeLogging(this, settings.tracing);
    if (addUserToGroupFunction)
      this.addToRolePolicy(allow('lambda:InvokeFunction', addUserToGroupFunction.functionArn));
    this.addToRolePolicy(allow('lambda:InvokeFunction', putUserRecordFunction.functionArn));
    for (const step of steps) this.addToRolePolicy(allow('lambda:InvokeFunction', step.function.functionArn));
    this.addToRolePolicy(allow('sqs:SendMessage', retryQueue.queueArn));
    if (events) this.allowEvents(events);
    allowKey(this.role, settings.encryptionKey, ...SEND_TO_QUEUE);
  }

  private allowEvents({ eventBus, table }: Events): void {
    this.addToRolePolicy(allow('events:PutEvents', eventBus.eventBusArn));
    this.addToRolePolicy(allow('dynamodb:UpdateItem', table.tableArn));
    allowKey(this.role, table.encryptionKey, ...WRITE_TO_TABLE);
  }
}

function definitionFor({
  addUserToGroupFunction,
  steps,
  events,
  times,
}: OnboardingStateMachineProps): string {
  return onboardingDefinition(stateMachineDefinition('onboarding'), {
    steps: steps.map(({ name, timeout }) => ({ name, timeout: timeout.toSeconds() })),
    addsToGroup: addUserToGroupFunction !== undefined,
    publishesEvent: events !== undefined,
    timeout: times.stateMachine.toSeconds(),
  });
}

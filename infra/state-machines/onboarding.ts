import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import { StateMachine, StateMachineType } from 'aws-cdk-lib/aws-stepfunctions';
import type { Construct } from 'constructs';
import { acknowledgeLogging } from '../access/acknowledge';
import { allow } from '../access/allow';
import { allowKey, SEND_TO_QUEUE, stateMachineEncryption } from '../access/encryption';
import type { ResolvedSettings } from '../settings/onboarding-settings';
import { stateMachineDefinition } from './definition';
import { ExecutionLogs } from './execution-logs';

/** The resources that the definition names. */
export interface OnboardingStateMachineProps {
  readonly addUserToGroupFunction: IFunction;
  readonly putUserRecordFunction: IFunction;
  readonly retryQueue: IQueue;
  readonly settings: ResolvedSettings;
}

/** The Express state machine of `state-machines/onboarding.asl.json`. */
export class OnboardingStateMachine extends StateMachine {
  constructor(scope: Construct, id: string, props: OnboardingStateMachineProps) {
    const { addUserToGroupFunction, putUserRecordFunction, retryQueue, settings } = props;
    super(scope, id, {
      ...stateMachineEncryption(scope, id, settings.encryptionKey),
      stateMachineType: StateMachineType.EXPRESS,
      definitionBody: stateMachineDefinition('onboarding'),
      definitionSubstitutions: {
        AddUserToGroupFunctionArn: addUserToGroupFunction.functionArn,
        PutUserRecordFunctionArn: putUserRecordFunction.functionArn,
        RetryQueueUrl: retryQueue.queueUrl,
      },
      tracingEnabled: settings.tracing,
      // Express executions have no history of their own: the console shows them from these logs.
      logs: {
        destination: new ExecutionLogs(scope, `${id}Logs`, settings),
        level: settings.executionLogLevel,
        includeExecutionData: settings.logExecutionData,
      },
    });
    acknowledgeLogging(this.role);
    this.addToRolePolicy(allow('lambda:InvokeFunction', addUserToGroupFunction.functionArn));
    this.addToRolePolicy(allow('lambda:InvokeFunction', putUserRecordFunction.functionArn));
    this.addToRolePolicy(allow('sqs:SendMessage', retryQueue.queueArn));
    allowKey(this.role, settings.encryptionKey, ...SEND_TO_QUEUE);
  }
}

import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import { LogLevel, StateMachine, StateMachineType } from 'aws-cdk-lib/aws-stepfunctions';
import type { Construct } from 'constructs';
import { allow } from './allow';
import { ExecutionLogs } from './execution-logs';
import { stateMachineDefinition } from './state-machine-definition';

/** The resources that the definition names. */
export interface OnboardingStateMachineProps {
  readonly addUserToGroupFunction: IFunction;
  readonly putUserRecordFunction: IFunction;
  readonly retryQueue: IQueue;
}

/** The Express state machine of `state-machines/onboarding.asl.json`. */
export class OnboardingStateMachine extends StateMachine {
  constructor(scope: Construct, id: string, props: OnboardingStateMachineProps) {
    const { addUserToGroupFunction, putUserRecordFunction, retryQueue } = props;
    super(scope, id, {
      stateMachineType: StateMachineType.EXPRESS,
      definitionBody: stateMachineDefinition('onboarding'),
      definitionSubstitutions: {
        AddUserToGroupFunctionArn: addUserToGroupFunction.functionArn,
        PutUserRecordFunctionArn: putUserRecordFunction.functionArn,
        RetryQueueUrl: retryQueue.queueUrl,
      },
      tracingEnabled: true,
      // Express executions have no history of their own: the console shows them from these logs.
      logs: {
        destination: new ExecutionLogs(scope, `${id}Logs`),
        level: LogLevel.ALL,
        includeExecutionData: true,
      },
    });
    this.addToRolePolicy(allow('lambda:InvokeFunction', addUserToGroupFunction.functionArn));
    this.addToRolePolicy(allow('lambda:InvokeFunction', putUserRecordFunction.functionArn));
    this.addToRolePolicy(allow('sqs:SendMessage', retryQueue.queueArn));
  }
}

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Names, RemovalPolicy } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import { DefinitionBody, LogLevel, StateMachine, StateMachineType } from 'aws-cdk-lib/aws-stepfunctions';
import type { Construct } from 'constructs';

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
      // A string and not an asset, so that linters, snapshots and the local cloud see the deployed definition.
      definitionBody: DefinitionBody.fromString(readDefinition('onboarding')),
      definitionSubstitutions: {
        AddUserToGroupFunctionArn: addUserToGroupFunction.functionArn,
        PutUserRecordFunctionArn: putUserRecordFunction.functionArn,
        RetryQueueUrl: retryQueue.queueUrl,
      },
      tracingEnabled: true,
      // Express executions have no history of their own: the console shows them from these logs.
      logs: {
        destination: executionLogs(scope, `${id}Logs`),
        level: LogLevel.ALL,
        includeExecutionData: true,
      },
    });
    this.addToRolePolicy(
      new PolicyStatement({
        actions: ['lambda:InvokeFunction'],
        resources: [addUserToGroupFunction.functionArn, putUserRecordFunction.functionArn],
      }),
    );
    this.addToRolePolicy(
      new PolicyStatement({ actions: ['sqs:SendMessage'], resources: [retryQueue.queueArn] }),
    );
  }
}

function readDefinition(name: string): string {
  return readFileSync(join(__dirname, '..', 'state-machines', `${name}.asl.json`), 'utf8');
}

/**
 * The prefix keeps the account's log resource policy within its size limit.
 *
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/bp-cwl.html
 */
function executionLogs(scope: Construct, id: string): LogGroup {
  return new LogGroup(scope, id, {
    logGroupName: `/aws/vendedlogs/states/${Names.uniqueResourceName(scope, { maxLength: 80 })}-${id}`,
    retention: RetentionDays.ONE_MONTH,
    removalPolicy: RemovalPolicy.DESTROY,
  });
}

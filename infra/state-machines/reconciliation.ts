import type { IUserPool } from 'aws-cdk-lib/aws-cognito';
import { Policy } from 'aws-cdk-lib/aws-iam';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { LogLevel, StateMachine, StateMachineType } from 'aws-cdk-lib/aws-stepfunctions';
import type { Construct } from 'constructs';
import { acknowledge, acknowledgeLogging } from '../access/acknowledge';
import { allow } from '../access/allow';
import { stateMachineEncryption } from '../access/encryption';
import type { ResolvedSettings } from '../settings/onboarding-settings';
import { definitionBody, stateMachineDefinition } from './definition';
import { ExecutionLogs } from './execution-logs';
import { reconciliationDefinition } from './reconciliation-definition';
import { stateMachineName } from './state-machine-name';

/** Sets the trigger again on a user pool that has lost it. */
export interface Reattachment {
  readonly attachTriggerFunction: IFunction;
  readonly userPool: IUserPool;
  readonly triggerFunction: IFunction;
}

/** The resources that the definition names. */
export interface ReconciliationStateMachineProps {
  readonly reconcileUsersFunction: IFunction;
  readonly checkTriggerFunction: IFunction;
  /** @default - a trigger that is gone is only told of */
  readonly reattachment?: Reattachment;
  readonly settings: ResolvedSettings;
}

/** The Standard state machine of `state-machines/reconciliation.asl.json`. */
export class ReconciliationStateMachine extends StateMachine {
  constructor(scope: Construct, id: string, props: ReconciliationStateMachineProps) {
    const { reconcileUsersFunction, checkTriggerFunction, reattachment, settings } = props;
    const definition = reconciliationDefinition(stateMachineDefinition('reconciliation'), !!reattachment);
    super(scope, id, {
      stateMachineName: stateMachineName(scope, id),
      encryptionConfiguration: stateMachineEncryption(settings.encryptionKey),
      stateMachineType: StateMachineType.STANDARD,
      definitionBody: definitionBody(scope, definition),
      definitionSubstitutions: {
        ReconcileUsersFunctionArn: reconcileUsersFunction.functionArn,
        CheckTriggerFunctionArn: checkTriggerFunction.functionArn,
        ...(reattachment && {
          AttachTriggerFunctionArn: reattachment.attachTriggerFunction.functionArn,
          UserPoolId: reattachment.userPool.userPoolId,
          PostConfirmationFunctionArn: reattachment.triggerFunction.functionArn,
        }),
      },
      tracingEnabled: settings.tracing,
      // Standard executions keep their history, with its data, for 90 days.
      logs: {
        destination: new ExecutionLogs(scope, `${id}Logs`, settings),
        level: LogLevel.ERROR,
        includeExecutionData: false,
      },
    });
    acknowledge(this, 'SF1', 'Standard executions keep their own history for 90 days.');
    acknowledgeLogging(this, settings.tracing);
    const invoked = [reconcileUsersFunction, checkTriggerFunction, reattachment?.attachTriggerFunction];
    for (const each of invoked) {
      if (each) this.addToRolePolicy(allow('lambda:InvokeFunction', each.functionArn));
    }
    // The state machine depends on its role's policy, so that policy cannot name it. A separate policy can.
    this.role.attachInlinePolicy(
      new Policy(this, 'ContinuePolicy', {
        statements: [allow('states:StartExecution', this.stateMachineArn)],
      }),
    );
  }
}

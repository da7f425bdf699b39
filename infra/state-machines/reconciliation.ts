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
import { stateMachineName } from './state-machine-name';

/** The resource that the definition names. */
export interface ReconciliationStateMachineProps {
  readonly reconcileUsersFunction: IFunction;
  readonly settings: ResolvedSettings;
}

/** The Standard state machine of `state-machines/reconciliation.asl.json`. */
export class ReconciliationStateMachine extends StateMachine {
  constructor(scope: Construct, id: string, props: ReconciliationStateMachineProps) {
    const { reconcileUsersFunction, settings } = props;
    super(scope, id, {
      stateMachineName: stateMachineName(scope, id),
      encryptionConfiguration: stateMachineEncryption(settings.encryptionKey),
      stateMachineType: StateMachineType.STANDARD,
      definitionBody: definitionBody(scope, stateMachineDefinition('reconciliation')),
      definitionSubstitutions: { ReconcileUsersFunctionArn: reconcileUsersFunction.functionArn },
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
    this.addToRolePolicy(allow('lambda:InvokeFunction', reconcileUsersFunction.functionArn));
    // The state machine depends on its role's policy, so that policy cannot name it. A separate policy can.
    this.role.attachInlinePolicy(
      new Policy(this, 'ContinuePolicy', {
        statements: [allow('states:StartExecution', this.stateMachineArn)],
      }),
    );
  }
}

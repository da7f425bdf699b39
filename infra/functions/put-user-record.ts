import type { ITable } from 'aws-cdk-lib/aws-dynamodb';
import { SystemLogLevel } from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';
import { allow } from '../access/allow';
import { allowKey, WRITE_TO_TABLE } from '../access/encryption';
import { indexKeysEnvironment } from '../record/index-keys';
import { type ResolvedRecord, recordEnvironment } from '../record/user-record';
import type { ResolvedSettings } from '../settings/onboarding-settings';
import { TASK_FUNCTION_TIMEOUT } from './add-user-to-group';
import { OnboardingFunction } from './onboarding-function';

/** The table and the templates of its records. */
export interface PutUserRecordFunctionProps {
  readonly table: ITable;
  readonly record: ResolvedRecord;
  readonly settings: ResolvedSettings;
}

/** The function of the state `PutUserRecord`. */
export class PutUserRecordFunction extends OnboardingFunction {
  constructor(scope: Construct, id: string, { table, record, settings }: PutUserRecordFunctionProps) {
    super(scope, id, {
      description: "Puts a confirmed user's record into the table",
      timeout: TASK_FUNCTION_TIMEOUT,
      // The execution's log already has each task's time, and Lambda's log lines cost as much as our own.
      systemLogLevelV2: SystemLogLevel.WARN,
      environment: {
        TABLE_NAME: table.tableName,
        ...recordEnvironment(scope, record),
        ...indexKeysEnvironment(table, record),
      },
      settings,
    });
    this.addToRolePolicy(allow('dynamodb:PutItem', table.tableArn));
    allowKey(this.role, table.encryptionKey, ...WRITE_TO_TABLE);
  }
}

import type { ITable } from 'aws-cdk-lib/aws-dynamodb';
import type { Construct } from 'constructs';
import { assertSameEnvironment } from '../settings/same-environment';
import { tableSchemaOf } from './table-schema';
import type { ResolvedRecord } from './user-record';

/**
 * @throws Error for a table in another region or account, or for a table whose keys are known to differ from the
 * records'.
 */
export function assertFitsTable(scope: Construct, table: ITable, { key }: ResolvedRecord): void {
  assertSameEnvironment(scope, { prop: 'table', resource: table, arn: table.tableArn });
  const actual = tableSchemaOf(table)?.key;
  if (!actual) return;
  const names = actual.map(({ name }) => name);
  const expected = Object.keys(key);
  if (actual.every(({ type }) => type === 'S') && names.join() === expected.join()) return;
  const keys = actual.map(({ name, type }) => `${name} (${type})`).join(', ');
  throw new Error(
    `the table's keys must be the records' keys (${expected.join(' and ')}) and strings, got: ${keys}; ` +
      'name them in record.key',
  );
}

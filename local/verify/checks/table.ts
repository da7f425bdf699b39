import { DescribeTableCommand } from '@aws-sdk/client-dynamodb';
import { unlessMissing } from '../shared/in-words';
import { type Check, CheckError } from '../shared/verification';

/** The table exists, and has the keys of a record. */
export const table: Check = {
  name: 'the table',
  run: async ({ clients: { dynamodb }, outputs: { TableName, RecordKey } }) => {
    const { Table } = (await unlessMissing(dynamodb.send(new DescribeTableCommand({ TableName })))) ?? {};
    if (!Table) throw new CheckError(`there is no table ${TableName}: nobody can get a record`);
    const keys = (Table.KeySchema ?? []).map(({ AttributeName = '' }) => AttributeName);
    const expected = Object.keys(RecordKey);
    if (keys.join() === expected.join()) return `${TableName}, with the key ${keys.join(' and ')}`;
    throw new CheckError(
      `the table ${TableName} has the key ${keys.join(' and ')}, but a record has ${expected.join(' and ')}`,
    );
  },
};

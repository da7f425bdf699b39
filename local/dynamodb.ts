import type { Server } from 'node:http';
import dynalite from 'dynalite';
import type { AwsService } from './aws-api';
import { callInProcess } from './in-process';

/** A table as the template describes it, whether as `AWS::DynamoDB::Table` or as `AWS::DynamoDB::GlobalTable`. */
export interface TableProperties {
  readonly AttributeDefinitions: unknown[];
  readonly KeySchema: readonly { readonly AttributeName: string; readonly KeyType: string }[];
}

const ACTIONS = [
  'BatchGetItem',
  'BatchWriteItem',
  'CreateTable',
  'DeleteItem',
  'DeleteTable',
  'DescribeTable',
  'GetItem',
  'ListTables',
  'PutItem',
  'Query',
  'Scan',
  'UpdateItem',
];

/** DynamoDB, by dynalite, in memory. */
export class DynamoDb implements AwsService {
  readonly prefix = 'dynamodb';
  readonly actions = ACTIONS;
  private readonly server: Server = dynalite({ createTableMs: 0 });
  private readonly partitionKeys = new Map<string, string>();

  readonly call: AwsService['call'] = (call) => {
    return callInProcess((req, res) => this.server.emit('request', req, res), call, 'DynamoDB_20120810');
  };

  /** @throws Error if the emulator refuses the table. */
  async createTable(name: string, { AttributeDefinitions, KeySchema }: TableProperties): Promise<void> {
    const { status, body } = await this.call({
      action: 'CreateTable',
      input: { TableName: name, AttributeDefinitions, KeySchema, BillingMode: 'PAY_PER_REQUEST' },
    });
    if (status !== 200) throw new Error(`could not create the table ${name}: ${body}`);
    const partitionKey = KeySchema.find(({ KeyType }) => KeyType === 'HASH');
    if (partitionKey) this.partitionKeys.set(name, partitionKey.AttributeName);
  }

  /** The attribute that is a table's partition key; nothing if the template has no such table. */
  partitionKeyOf(tableName: string): string | undefined {
    return this.partitionKeys.get(tableName);
  }
}

import type { RequestListener, Server } from 'node:http';
import dynalite from 'dynalite';
import type { AwsService, Input } from '../aws/api';
import type { Environment } from '../aws/environment';
import { callInProcess } from '../aws/in-process';
import { DeletionProtection } from './deletion-protection';
import { assertNesting } from './nesting';
import { TableEnvironments } from './table-environments';

/** A table as the template describes it: an `AWS::DynamoDB::Table` or an `AWS::DynamoDB::GlobalTable`. */
export interface TableProperties {
  readonly AttributeDefinitions: unknown[];
  readonly KeySchema: readonly { readonly AttributeName: string; readonly KeyType: string }[];
  readonly GlobalSecondaryIndexes?: readonly SecondaryIndex[];
  readonly LocalSecondaryIndexes?: readonly SecondaryIndex[];
  readonly DeletionProtectionEnabled?: boolean;
  /** Of a global table, where protection is a setting of each replica. */
  readonly Replicas?: readonly { readonly DeletionProtectionEnabled?: boolean }[];
}

interface SecondaryIndex {
  readonly IndexName: string;
  readonly KeySchema: unknown[];
  readonly Projection: unknown;
}

/** The part of a table's ARN before the name. */
const BEFORE_NAME = /^arn:aws:dynamodb:[\w-]+:\d{12}:table\//;

/** Their answers describe tables. */
const TABLE_ACTIONS = ['CreateTable', 'DeleteTable', 'DescribeTable'];

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
  private readonly server: Server = dynalite({ createTableMs: 0, deleteTableMs: 0 });
  private readonly environments = new TableEnvironments();
  private readonly deletionProtection = new DeletionProtection();
  private readonly partitionKeys = new Map<string, string>();

  readonly call: AwsService['call'] = async ({ action, input }) => {
    assertNesting(input);
    const { DeletionProtectionEnabled, ...emulated } = withTableName(input);
    const call = { action, input: emulated };
    if (action === 'CreateTable') {
      this.rememberKey(call.input);
      this.deletionProtection.set(String(emulated.TableName), DeletionProtectionEnabled === true);
    }
    if (action === 'DeleteTable') this.deletionProtection.assertMayDelete(String(emulated.TableName));
    const emulator: RequestListener = (req, res) => this.server.emit('request', req, res);
    const response = await callInProcess(emulator, call, 'DynamoDB_20120810');
    if (!TABLE_ACTIONS.includes(action)) return response;
    const body = this.deletionProtection.describe(response.body);
    return { ...response, body: this.environments.outwards(body) };
  };

  /** @throws Error if the emulator refuses the table. */
  async createTable(name: string, properties: TableProperties, environment: Environment): Promise<void> {
    this.environments.set(name, environment);
    const { AttributeDefinitions, KeySchema, GlobalSecondaryIndexes, LocalSecondaryIndexes } = properties;
    await this.perform('CreateTable', {
      TableName: name,
      AttributeDefinitions,
      KeySchema,
      GlobalSecondaryIndexes: GlobalSecondaryIndexes?.map(emulatedIndex),
      LocalSecondaryIndexes: LocalSecondaryIndexes?.map(emulatedIndex),
      BillingMode: 'PAY_PER_REQUEST',
      DeletionProtectionEnabled: isProtected(properties),
    });
  }

  /** The attribute that is a table's partition key; undefined if there is no such table. */
  partitionKeyOf(tableName: string): string | undefined {
    return this.partitionKeys.get(tableName);
  }

  /** @throws Error if there is no such table. */
  async deleteTable(name: string): Promise<void> {
    await this.perform('DeleteTable', { TableName: name });
    this.partitionKeys.delete(name);
  }

  /** IAM needs the key at each request and cannot wait for an answer of the emulator. */
  private rememberKey({ TableName, KeySchema }: Input): void {
    const keys = KeySchema as TableProperties['KeySchema'] | undefined;
    const partitionKey = keys?.find(({ KeyType }) => KeyType === 'HASH');
    if (partitionKey) this.partitionKeys.set(String(TableName), partitionKey.AttributeName);
  }

  private async perform(action: string, input: Input): Promise<void> {
    const { status, body } = await this.call({ action, input });
    if (status !== 200) throw new Error(`${action} of the table ${input.TableName} failed: ${body}`);
  }
}

function isProtected({ DeletionProtectionEnabled, Replicas = [] }: TableProperties): boolean {
  return DeletionProtectionEnabled === true || Replicas.some((replica) => replica.DeletionProtectionEnabled);
}

/** The emulator does not know capacity, contributor insights and the like. */
function emulatedIndex({ IndexName, KeySchema, Projection }: SecondaryIndex): SecondaryIndex {
  return { IndexName, KeySchema, Projection };
}

/** DynamoDB also accepts a table's ARN as its name. The emulator does not. */
function withTableName(input: Input): Input {
  const { TableName } = input;
  const isArn = typeof TableName === 'string' && BEFORE_NAME.test(TableName);
  return isArn ? { ...input, TableName: TableName.replace(BEFORE_NAME, '') } : input;
}

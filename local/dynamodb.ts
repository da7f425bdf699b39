import type { Server } from 'node:http';
import dynalite from 'dynalite';
import type { AwsService } from './aws-api';
import { callInProcess } from './in-process';

/** A table as the template describes it, whether as `AWS::DynamoDB::Table` or as `AWS::DynamoDB::GlobalTable`. */
export interface TableProperties {
  readonly AttributeDefinitions: unknown[];
  readonly KeySchema: unknown[];
}

/** DynamoDB, by dynalite, in memory. */
export class DynamoDb {
  private readonly server: Server = dynalite({ createTableMs: 0 });

  /** The service's API. */
  readonly service: AwsService = (request) => {
    return callInProcess(
      (req, res) => this.server.emit('request', req, res),
      request,
      `DynamoDB_20120810.${request.action}`,
    );
  };

  /** @throws Error if the emulator refuses the table. */
  async createTable(name: string, { AttributeDefinitions, KeySchema }: TableProperties): Promise<void> {
    const { status, body } = await this.service({
      action: 'CreateTable',
      headers: { 'content-type': 'application/x-amz-json-1.0' },
      body: JSON.stringify({
        TableName: name,
        AttributeDefinitions,
        KeySchema,
        BillingMode: 'PAY_PER_REQUEST',
      }),
    });
    if (status !== 200) throw new Error(`could not create the table ${name}: ${body}`);
  }
}

import type { RequestListener } from 'node:http';
import { AwsError, type AwsService } from './aws-api';
import { QUEUE_HOST } from './environment';
import { callInProcess } from './in-process';

/** A queue as the template describes it. */
export interface QueueProperties {
  readonly DelaySeconds?: number;
  readonly MessageRetentionPeriod?: number;
  readonly ReceiveMessageWaitTimeSeconds?: number;
  readonly VisibilityTimeout?: number;
  readonly RedrivePolicy?: { readonly deadLetterTargetArn: string; readonly maxReceiveCount: number };
}

const ATTRIBUTES = [
  'DelaySeconds',
  'MessageRetentionPeriod',
  'ReceiveMessageWaitTimeSeconds',
  'VisibilityTimeout',
  'RedrivePolicy',
] as const;

/** SQS, by fauxqs, in memory. */
export class Sqs {
  private constructor(
    private readonly listener: RequestListener,
    /** What queue URLs begin with. */
    private readonly host: string,
  ) {}

  /** @param port the gateway's. */
  static async start(port: number): Promise<Sqs> {
    // fauxqs is an ES module only.
    const { buildApp } = await import('fauxqs');
    const app = buildApp({ logger: false });
    await app.ready();
    return new Sqs((request, response) => app.routing(request, response), `${QUEUE_HOST}:${port}`);
  }

  /** The service's API. */
  readonly service: AwsService = (request) => {
    const body = this.withKnownHost(request.body);
    return callInProcess(this.listener, { ...request, body }, `AmazonSQS.${request.action}`, this.host);
  };

  /** @throws Error if the emulator refuses the queue. */
  async createQueue(name: string, properties: QueueProperties): Promise<void> {
    const attributes = ATTRIBUTES.flatMap((key) => {
      const value = properties[key];
      if (value === undefined) return [];
      return [[key, typeof value === 'object' ? JSON.stringify(value) : String(value)]];
    });
    await this.call('CreateQueue', { QueueName: name, Attributes: Object.fromEntries(attributes) });
  }

  /**
   * Calls the service from within the local cloud.
   *
   * @throws AwsError as the service answered it.
   */
  async call(action: string, input: unknown): Promise<unknown> {
    const headers = { 'content-type': 'application/x-amz-json-1.0' };
    const { status, body } = await this.service({ action, headers, body: JSON.stringify(input) });
    const output = JSON.parse(body);
    if (status !== 200)
      throw new AwsError(String(output.__type).split('#').pop() ?? '', output.message, status);
    return output;
  }

  /** The emulator knows a queue by one URL, while clients may reach it by several names of this machine. */
  private withKnownHost(body: string): string {
    const input = JSON.parse(body || '{}');
    if (!URL.canParse(input.QueueUrl)) return body;
    return JSON.stringify({ ...input, QueueUrl: `http://${this.host}${new URL(input.QueueUrl).pathname}` });
  }
}

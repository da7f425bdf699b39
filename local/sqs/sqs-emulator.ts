import type { RequestListener } from 'node:http';
import type { AwsCall, AwsResponse } from '../aws/api';
import { REGION } from '../aws/environment';
import { callInProcess } from '../aws/in-process';
import type { EmulatedQueue } from './messages-by-id';
import {
  acceptAdvances,
  advanceDelays,
  endDelay,
  type FauxqsQueues,
  type MessageInFlight,
  pathOf,
} from './queue-clock';

interface FauxqsApp extends FauxqsQueues {
  inject(request: string | { path: string }): PromiseLike<{ statusCode: number; json(): unknown }>;
  ready(): PromiseLike<unknown>;
  close(): PromiseLike<unknown>;
  readonly routing: RequestListener;
}

/** fauxqs, without a port of its own. */
export class SqsEmulator {
  private constructor(
    private readonly app: FauxqsApp,
    private readonly port: number,
  ) {}

  /** @param port the port of the gateway. */
  static async start(port: number): Promise<SqsEmulator> {
    // fauxqs is an ES module only.
    const { buildApp } = await import('fauxqs');
    const app = buildApp({ logger: false });
    acceptAdvances(app as unknown as FauxqsQueues);
    await app.ready();
    return new SqsEmulator(app as unknown as FauxqsApp, port);
  }

  /** It puts this host into queue URLs, and finds a queue only by that URL. */
  get host(): string {
    return `sqs.${REGION}.localhost:${this.port}`;
  }

  call(call: AwsCall): Promise<AwsResponse> {
    return callInProcess(this.app.routing, call, 'AmazonSQS', this.host);
  }

  /** A queue with its messages; undefined if there is no such queue. */
  async inspect(queueName: string): Promise<EmulatedQueue | undefined> {
    const response = await this.app.inject(pathOf(queueName));
    return response.statusCode === 200 ? (response.json() as EmulatedQueue) : undefined;
  }

  /** As {@link advanceDelays} does. */
  advanceDelays(ms: number): Promise<MessageInFlight[]> {
    return advanceDelays(this.app, ms);
  }

  /** As {@link endDelay} does. */
  endDelay(queueName: string, messageId: string): Promise<void> {
    return endDelay(this.app, queueName, messageId);
  }

  async close(): Promise<void> {
    await this.app.close();
  }
}

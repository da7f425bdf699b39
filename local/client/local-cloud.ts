import type {
  BusEvent,
  Duration,
  Execution,
  ExecutionSummary,
  Fault,
  LogLine,
  Message,
  QueuedMessage,
} from './answers';
import { Clock } from './clock';
import { LocalApi } from './local-api';
import { Server } from './server';

export type {
  BusEvent,
  Clock,
  Duration,
  Execution,
  ExecutionSummary,
  Fault,
  LogLine,
  Message,
  QueuedMessage,
};

/** The options of a local cloud. */
export interface LocalCloudOptions {
  /** The directory of a synthesized app, such as `cdk.out`. */
  readonly app: string;
  /**
   * The one stack to run, with those that it depends on, such as `Prod/Shop`.
   *
   * @default - all stacks of the app
   */
  readonly stack?: string;
  /**
   * Whether to refuse an app with resources that the local cloud does not play.
   *
   * @default false
   */
  readonly strict?: boolean;
  /** @default - any free port */
  readonly port?: number;
}

/** A person who signs in through an identity provider. */
export interface FederatedPerson {
  readonly userPoolId: string;
  /** The name of the provider in the user pool, such as `Google`. */
  readonly provider: string;
  /** Attributes in the user pool; `sub` is also the account's id at the provider. */
  readonly attributes: Record<string, string>;
}

/**
 * AWS on this machine, for one synthesized app. It runs in a process of its own, which ends with this one.
 *
 * ```ts
 * const cloud = await LocalCloud.start({ app: 'cdk.out' });
 * const cognito = new CognitoIdentityProviderClient(cloud.clientConfig);
 * await cloud.close();
 * ```
 */
export class LocalCloud {
  /** The time of the local cloud. */
  readonly clock: Clock;
  private readonly api: LocalApi;

  private constructor(private readonly server: Server) {
    this.api = new LocalApi(server.started.endpoint);
    this.clock = new Clock(this.api);
  }

  /** @throws Error that says why the app cannot run here, or that the port is in use. */
  static async start({ port = 0, ...options }: LocalCloudOptions): Promise<LocalCloud> {
    return new LocalCloud(await Server.start({ ...options, port }));
  }

  /** The address for SDKs, the AWS CLI and browsers. */
  get endpoint(): string {
    return this.server.started.endpoint;
  }

  /** The settings of a client of the AWS SDK. They act as the owner of the account, who may do everything. */
  get clientConfig() {
    return {
      endpoint: this.endpoint,
      region: this.server.started.region,
      credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
      disableHostPrefix: true,
    };
  }

  /** The outputs of all stacks. Where two stacks have an output of the same name, this is the first one's. */
  get outputs(): Readonly<Record<string, string>> {
    return this.server.started.outputs;
  }

  /** The outputs of each stack, by its name. */
  get stackOutputs(): Readonly<Record<string, Readonly<Record<string, string>>>> {
    return this.server.started.stackOutputs;
  }

  /** What the app has that is not played here. */
  get notes(): readonly string[] {
    return this.server.started.notes;
  }

  /** The messages that Cognito would have sent, newest first: all, or those to one address. */
  messages({ to }: { readonly to?: string } = {}): Promise<Message[]> {
    return this.api.get('/messages', { to });
  }

  /** The executions, newest first. */
  executions(): Promise<ExecutionSummary[]> {
    return this.api.get('/executions');
  }

  /** @throws Error if there is no execution of this name. */
  execution(name: string): Promise<Execution> {
    return this.api.get(`/executions/${encodeURIComponent(name)}`);
  }

  /** The events that EventBridge took, newest first. */
  events(): Promise<BusEvent[]> {
    return this.api.get('/events');
  }

  /**
   * What the functions wrote, oldest first: all of them, or one.
   *
   * @throws Error if there is no such function.
   */
  logs({ functionName }: { readonly functionName?: string } = {}): Promise<LogLine[]> {
    return this.api.get('/logs', { function: functionName });
  }

  /**
   * The messages of a queue, without receiving them.
   *
   * @throws Error if there is no such queue.
   */
  queue(name: string): Promise<QueuedMessage[]> {
    return this.api.get(`/queues/${encodeURIComponent(name)}`);
  }

  /**
   * Makes actions fail or wait, in place of the faults before.
   *
   * @throws Error for a fault that is not valid.
   */
  async setFaults(faults: readonly Fault[]): Promise<void> {
    await this.api.send('PUT', '/faults', faults);
  }

  /** Ends all faults. */
  async clearFaults(): Promise<void> {
    await this.api.send('DELETE', '/faults');
  }

  /** Signs a person in through an identity provider, and answers the user's `sub`. */
  async signInFederated(person: FederatedPerson): Promise<string> {
    const { sub } = await this.api.send<{ sub: string }>('POST', '/federated-sign-in', person);
    return sub;
  }

  /** Starts the target of a schedule now; answers what the target's service answered. */
  runSchedule(name: string): Promise<unknown> {
    return this.api.send('POST', `/schedules/${encodeURIComponent(name)}/run`);
  }

  /** Ends the local cloud with the functions' processes, and waits until its process is gone. */
  close(): Promise<void> {
    return this.server.close();
  }
}

import { AwsError, errorResponse, type Input, jsonResponse } from '../../local/aws/api';
import type { Clock } from '../clock/clock';
import type { Random } from '../clock/random';
import type { NetworkRequest, NetworkResponse } from '../code/network';
import type { Faults } from './faults';

/** The actions of a service, by their names. An action may throw an {@link AwsError}. */
export type Actions = Readonly<Record<string, (input: Input) => unknown>>;

/** The services behind the network, by IAM's prefix of their actions. */
export type Services = Readonly<Record<string, Actions>>;

/** IAM's prefix of a service, by the first part of its `X-Amz-Target`. */
const PREFIXES: Record<string, string> = {
  AWSCognitoIdentityProviderService: 'cognito-idp',
  DynamoDB_20120810: 'dynamodb',
  AWSStepFunctions: 'states',
  AmazonSQS: 'sqs',
  AWSEvents: 'events',
};

/** How long a request or an answer takes, in ms. */
const LEAST_LATENCY = 1;
const MOST_LATENCY = 20;

/** After this time, a service gives up on an answer that never comes, in ms; functions wait less. */
const GIVING_UP = 900_000;

/** What happens on the network, for those who want to know. */
export interface NetworkObserver {
  readonly called: (action: string) => void;
  /** A call got an error, or no answer. */
  readonly failed: (action: string, input: Input, reason: string) => void;
  /** Something is wrong with a model itself. */
  readonly broken: (error: Error) => void;
}

/** Carries calls to the services, and their answers back. Faults meet the calls on the way. */
export class Network {
  private services: Services = {};

  constructor(
    private readonly clock: Clock,
    private readonly random: Random,
    private readonly faults: Faults,
    private readonly observer: NetworkObserver,
  ) {}

  connect(services: Services): void {
    this.services = services;
  }

  /** Carries a call of the SDK. */
  readonly send = async ({ target, body }: NetworkRequest): Promise<NetworkResponse> => {
    const [service = '', action = ''] = target.split('.');
    try {
      return jsonResponse(await this.call(PREFIXES[service] ?? service, action, JSON.parse(body)));
    } catch (error) {
      if (error instanceof AwsError) return errorResponse(error);
      throw error;
    }
  };

  /**
   * Carries a call of a service or of the SDK.
   *
   * @throws AwsError of the service or of a fault.
   */
  async call<Output>(service: string, action: string, input: Input): Promise<Output> {
    const name = `${service}:${action}`;
    this.observer.called(name);
    await this.clock.sleep(this.latency() + (this.faults.strike('delay', name)?.time ?? 0));
    const fault = this.faults.strike('error', name);
    if (fault) {
      this.observer.failed(name, input, fault.error ?? 'InternalFailure');
      throw errorOf(fault.error ?? 'InternalFailure');
    }
    const output = await this.perform(service, action, input);
    if (this.faults.strike('lost answer', name)) {
      this.observer.failed(name, input, 'the answer is lost');
      await this.clock.sleep(GIVING_UP);
      throw new AwsError('RequestTimeout', 'the answer is lost (a fault)', 500);
    }
    await this.clock.sleep(this.latency());
    return output as Output;
  }

  /** Carries a call of somebody who does nothing about an error of the service. */
  async attempt(service: string, action: string, input: Input): Promise<void> {
    try {
      await this.call(service, action, input);
    } catch (error) {
      if (!(error instanceof AwsError)) throw error;
    }
  }

  private async perform(service: string, action: string, input: Input): Promise<unknown> {
    const performer = this.services[service]?.[action];
    try {
      if (!performer) throw new Error(`there is no model of ${service}:${action}`);
      return await performer(input);
    } catch (error) {
      if (error instanceof AwsError) this.observer.failed(`${service}:${action}`, input, error.code);
      else this.observer.broken(error as Error);
      throw error;
    }
  }

  private latency(): number {
    return this.random.integer(LEAST_LATENCY, MOST_LATENCY);
  }
}

/** The service's own failures are 5xx. */
function errorOf(code: string): AwsError {
  return new AwsError(code, `${code} (a fault)`, /^(Internal|Service)/.test(code) ? 500 : 400);
}

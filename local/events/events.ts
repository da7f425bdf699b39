import { randomUUID } from 'node:crypto';
import { AwsError, type AwsService, type Input, jsonResponse, violation } from '../aws/api';
import { DEFAULT_ENVIRONMENT, type Environment } from '../aws/environment';
import { eventBusName } from '../aws/event-bus';
import { Newest } from '../aws/newest';
import { type Entry, type EntryError, errorOf, sizeOf } from './entry';

/**
 * An event as the targets of a rule would get it, and its event bus.
 *
 * @see https://docs.aws.amazon.com/eventbridge/latest/ref/overiew-event-structure.html
 */
export interface PublishedEvent {
  readonly eventBusName: string;
  readonly version: '0';
  readonly id: string;
  readonly 'detail-type': string;
  readonly source: string;
  readonly account: string;
  /** ISO 8601, UTC. */
  readonly time: string;
  readonly region: string;
  readonly resources: readonly string[];
  readonly detail: unknown;
}

/** What PutEvents answers. */
export interface PutEventsOutput {
  readonly FailedEntryCount: number;
  readonly Entries: readonly ({ readonly EventId: string } | EntryError)[];
}

/** Each needs about 1 kB. */
const KEPT_EVENTS = 5_000;

const MAX_ENTRIES = 10;

/** Of all entries of a call, in bytes: https://docs.aws.amazon.com/eventbridge/latest/userguide/calculate-putevents-entry-size.html */
const MAX_SIZE = 256 * 1024;

/** EventBridge: takes events and keeps the newest. It has no rules. */
export class Events implements AwsService {
  readonly prefix = 'events';
  readonly actions = ['PutEvents'];
  private readonly buses = new Map([['default', DEFAULT_ENVIRONMENT]]);
  readonly published = new Newest<PublishedEvent>(KEPT_EVENTS);

  /** @param onChange called after an event. */
  constructor(private readonly onChange: () => void) {}

  readonly call: AwsService['call'] = async ({ input }) => jsonResponse(this.putEvents(input));

  createEventBus(name: string, environment: Environment = DEFAULT_ENVIRONMENT): void {
    this.buses.set(name, environment);
  }

  deleteEventBus(name: string): void {
    this.buses.delete(name);
  }

  /**
   * Takes each entry that is an event, and answers an error for each of the others.
   *
   * @throws AwsError ValidationException for no entries, more than ten, or entries that are too large together.
   * @see https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutEvents.html
   */
  putEvents({ Entries = [] }: Input): PutEventsOutput {
    const entries = Entries as Entry[];
    assertSize(entries);
    const results = entries.map((entry) => errorOf(entry) ?? { EventId: this.publish(entry) });
    return {
      FailedEntryCount: results.filter((result) => 'ErrorCode' in result).length,
      Entries: results,
    };
  }

  private publish(entry: Entry): string {
    const { Time = Date.now() / 1000, Resources = [] } = entry;
    const id = randomUUID();
    const busName = eventBusName(entry.EventBusName);
    // EventBridge takes events for an event bus that does not exist, and drops them.
    const environment = this.buses.get(busName);
    if (!environment) return id;
    this.published.add({
      eventBusName: busName,
      version: '0',
      id,
      'detail-type': String(entry.DetailType),
      source: String(entry.Source),
      account: environment.account,
      time: new Date(Time * 1000).toISOString().replace(/\.\d+/, ''),
      region: environment.region,
      resources: Resources,
      detail: JSON.parse(String(entry.Detail)),
    });
    this.onChange();
    return id;
  }
}

function assertSize(entries: readonly Entry[]): void {
  if (entries.length === 0)
    throw violation('ValidationException', 'entries', 'Member must have length greater than or equal to 1');
  if (entries.length > MAX_ENTRIES) {
    const constraint = `Member must have length less than or equal to ${MAX_ENTRIES}`;
    throw violation('ValidationException', 'entries', constraint);
  }
  if (entries.reduce((sum, entry) => sum + sizeOf(entry), 0) <= MAX_SIZE) return;
  throw new AwsError('ValidationException', 'Total size of the entries in the request is over the limit.');
}

import { AwsError, type AwsService, type Input, jsonResponse } from '../aws/api';
import { parseFilterPattern } from './filter-pattern';
import type { LogEvent, LogSource } from './log-event';

/** What FilterLogEvents answers at most at once. */
const MAX_EVENTS = 10_000;

/** CloudWatch Logs: finds what functions and state machines have written into the log groups of the template. */
export class Logs implements AwsService {
  readonly prefix = 'logs';
  readonly actions = ['FilterLogEvents'];
  private readonly groups = new Set<string>();

  constructor(private readonly sources: readonly LogSource[]) {}

  readonly call: AwsService['call'] = async ({ input }) => jsonResponse(this.filterLogEvents(input));

  createLogGroup(name: string): void {
    this.groups.add(name);
  }

  deleteLogGroup(name: string): void {
    this.groups.delete(name);
  }

  /** @see https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_FilterLogEvents.html */
  private filterLogEvents(input: Input) {
    const { logGroupName, filterPattern = '', startTime = 0, endTime = Number.MAX_SAFE_INTEGER } = input;
    const { limit = MAX_EVENTS, nextToken = '0' } = input;
    const matches = parseFilterPattern(String(filterPattern));
    const found = this.eventsIn(String(logGroupName), Number(startTime)).filter(({ timestamp, message }) => {
      return timestamp >= Number(startTime) && timestamp <= Number(endTime) && matches(message);
    });
    const [begin, end] = [Number(nextToken), Number(nextToken) + Number(limit)];
    return {
      events: found.slice(begin, end).map(toFilteredEvent),
      searchedLogStreams: [],
      ...(end < found.length && { nextToken: String(end) }),
    };
  }

  /** @throws AwsError ResourceNotFoundException for a log group that nobody has created. */
  private eventsIn(logGroupName: string, since: number): LogEvent[] {
    const events = this.sources.flatMap((eventsIn) => eventsIn(logGroupName, since));
    // Lambda creates the log group of a function that names none.
    if (events.length === 0 && !this.groups.has(logGroupName))
      throw new AwsError('ResourceNotFoundException', 'The specified log group does not exist.');
    return events.sort((a, b) => a.timestamp - b.timestamp);
  }
}

function toFilteredEvent(event: LogEvent, index: number) {
  return { ...event, ingestionTime: event.timestamp, eventId: `${event.timestamp}-${index}` };
}

import type { Input } from '../aws/api';
import { environmentOf } from '../aws/environment';
import type { Execution } from './execution';
import type { HistoryEvent } from './execution-history';
import { pageOf } from './pagination';
import { isFunctionArn } from './tasks/task';

type Details = HistoryEvent['details'];

/** `arn:aws:states:::lambda:invoke` in its parts. */
const RESOURCE = /^arn:[\w-]+:states:::(\w+):(\w+)$/;

/** The whole history in the form of GetExecutionHistory. */
export function wholeHistory({ executionArn, history }: Execution, roleArn: string) {
  const { region } = environmentOf(executionArn);
  return { events: history().map((event) => eventOf(event, { region, roleArn }, true)) };
}

/**
 * One page of an execution's history, as GetExecutionHistory answers it.
 *
 * @param roleArn the role of the state machine.
 * @see https://docs.aws.amazon.com/step-functions/latest/apireference/API_GetExecutionHistory.html
 */
export function historyPage(history: HistoryEvent[], roleArn: string, input: Input) {
  const { reverseOrder, includeExecutionData = true } = input;
  const { region } = environmentOf(String(input.executionArn));
  const ordered = reverseOrder ? history.toReversed() : history;
  const { items, next } = pageOf(ordered, input, ({ id }) => String(id));
  const events = items.map((event) => eventOf(event, { region, roleArn }, includeExecutionData === true));
  return { events, ...next };
}

function eventOf(
  event: HistoryEvent,
  { region, roleArn }: { region: string; roleArn: string },
  includesData: boolean,
) {
  const { id, type, timestamp, details } = asFunctionEvent(event);
  const shown = { ...details, region, ...(type === 'ExecutionStarted' && { roleArn }) };
  return {
    id,
    previousEventId: id - 1,
    type,
    timestamp: Date.parse(timestamp) / 1000,
    // The API has no details of this type.
    ...(type !== 'LambdaFunctionStarted' && {
      [`${memberOf(type)}EventDetails`]: detailsOf(type, shown, includesData),
    }),
  };
}

/** A task whose resource is the ARN of a function has types of its own in the API. */
function asFunctionEvent(event: HistoryEvent): HistoryEvent {
  const { resource, parameters, ...result } = event.details;
  if (!isFunctionArn(resource)) return event;
  const type = event.type.replace(/^Task/, 'LambdaFunction');
  const details = type === 'LambdaFunctionScheduled' ? { resource, input: parameters } : result;
  return { ...event, type, details };
}

/** The API has a separate member for the details of each type, but one for all types of states. */
function memberOf(type: string): string {
  const [, change] = /^\w+State(Entered|Exited)$/.exec(type) ?? [];
  return change ? `state${change}` : type.charAt(0).toLowerCase() + type.slice(1);
}

function detailsOf(type: string, details: Details, includesData: boolean): Details {
  const { name, roleArn, region, input, output, error, cause, resource, parameters } = details;
  return withoutUndefined({
    name,
    roleArn,
    error,
    cause,
    ...(typeof resource === 'string' && partsOf(resource)),
    ...(type === 'TaskScheduled' && { region, parameters: JSON.stringify(parameters) }),
    ...(includesData && data('input', input)),
    ...(includesData && data('output', output)),
  });
}

/** The API has inputs and outputs as JSON. Here, none is cut off. */
function data(member: 'input' | 'output', value: unknown): Details {
  return value === undefined
    ? {}
    : { [member]: JSON.stringify(value), [`${member}Details`]: { truncated: false } };
}

function partsOf(taskResource: string): Details {
  const [, resourceType, resource = taskResource] = RESOURCE.exec(taskResource) ?? [];
  return { resourceType, resource };
}

function withoutUndefined(details: Details): Details {
  return Object.fromEntries(Object.entries(details).filter(([, value]) => value !== undefined));
}

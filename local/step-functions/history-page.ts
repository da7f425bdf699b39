import type { Input } from '../aws/api';
import type { HistoryEvent } from './execution-history';
import { pageOf } from './pagination';

/**
 * One page of an execution's history, as GetExecutionHistory answers it.
 *
 * @see https://docs.aws.amazon.com/step-functions/latest/apireference/API_GetExecutionHistory.html
 */
export function historyPage(history: HistoryEvent[], input: Input) {
  const { items, next } = pageOf(input.reverseOrder ? history.toReversed() : history, input);
  const events = items.map(({ id, type, timestamp, details }) => {
    return {
      id,
      previousEventId: id - 1,
      type,
      timestamp: Date.parse(timestamp) / 1000,
      ...detailsOf(type, details),
    };
  });
  return { events, ...next };
}

/** The API has a separate field for the details of each type, with inputs and outputs as JSON. */
function detailsOf(type: string, details: Record<string, unknown>) {
  const suffix = /^\w+State(Entered|Exited)$/.exec(type);
  const name = suffix ? `state${suffix[1]}` : type.charAt(0).toLowerCase() + type.slice(1);
  const fields = Object.entries(details).map(([key, value]) => {
    return [key, typeof value === 'object' && value !== null ? JSON.stringify(value) : value];
  });
  return { [`${name}EventDetails`]: Object.fromEntries(fields) };
}

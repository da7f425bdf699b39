import type { Lambda } from '../lambda/lambda';
import { LOG_STREAM } from '../lambda/telemetry';
import type { LogSource } from './log-event';

/** The lines that functions write. */
export function functionLogs(lambda: Lambda): LogSource {
  return (logGroupName) =>
    lambda.linesIn(logGroupName).map(({ at, line }) => {
      return { logStreamName: LOG_STREAM, timestamp: at, message: line };
    });
}

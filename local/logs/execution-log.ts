import type { Execution } from '../step-functions/execution';
import type { HistoryEvent } from '../step-functions/execution-history';
import type { LoggingConfiguration } from '../step-functions/state-machine-properties';
import type { StepFunctions } from '../step-functions/step-functions';
import type { LogEvent, LogSource } from './log-event';

/**
 * The types of event that each level logs. `ALL` logs every type.
 *
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/cw-logs.html#cloudwatch-log-level
 */
const LEVELS: Record<string, RegExp> = {
  ALL: /./,
  ERROR: /Failed$|TimedOut$|Aborted$|^FailStateEntered$/,
  FATAL: /^Execution(Failed|TimedOut|Aborted)$/,
};

/** The details that are data of the execution. They are logged as text. */
const DATA = ['input', 'output', 'parameters', 'cause'];

/** The events of executions, as state machines log them. */
export function executionLogs(stepFunctions: StepFunctions): LogSource {
  return (logGroupName, since) => {
    const logging = new Map(
      stepFunctions.stateMachines
        .filter((stateMachine) => logsInto(stateMachine.logging, logGroupName))
        .map((stateMachine) => [stateMachine.stateMachineArn, stateMachine.logging]),
    );
    return stepFunctions.executions.flatMap((execution) => {
      const { stateMachineArn, stopDate = since } = execution;
      const configuration = logging.get(stateMachineArn);
      return configuration && stopDate >= since ? logEventsOf(execution, configuration) : [];
    });
  };
}

function logsInto({ Destinations = [] }: LoggingConfiguration, logGroupName: string): boolean {
  return Destinations.some(({ CloudWatchLogsLogGroup }) => {
    return CloudWatchLogsLogGroup?.LogGroupArn?.split(':')[6] === logGroupName;
  });
}

function logEventsOf(
  { executionArn, history, name }: Execution,
  { Level = 'OFF', IncludeExecutionData = false }: LoggingConfiguration,
): LogEvent[] {
  const events = history().filter(({ type }) => LEVELS[Level]?.test(type));
  return events.map(({ id, type, timestamp, details }) => ({
    logStreamName: `states/${name}`,
    timestamp: Date.parse(timestamp),
    message: JSON.stringify({
      id: String(id),
      type,
      details: loggedDetails(details, IncludeExecutionData),
      previous_event_id: String(id - 1),
      event_timestamp: String(Date.parse(timestamp)),
      execution_arn: executionArn,
    }),
  }));
}

function loggedDetails(details: HistoryEvent['details'], withData: boolean): Record<string, unknown> {
  const entries = Object.entries(details).flatMap(([name, value]) => {
    if (!DATA.includes(name)) return [[name, value]];
    if (!withData) return [];
    return [[name, typeof value === 'string' && name === 'cause' ? value : JSON.stringify(value)]];
  });
  return Object.fromEntries(entries);
}

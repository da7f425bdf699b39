import { arn, type Environment } from '../aws/environment';
import type { RoleSession } from '../iam/role-session';

/** The property of a function that says where its log goes. */
interface LoggingProperties {
  readonly LoggingConfig?: { readonly LogGroup?: string };
}

export const LOG_STREAM = 'local';

/** The log group of a function: the template's, or else Lambda's default. */
export function logGroupOf(functionName: string, { LoggingConfig }: LoggingProperties): string {
  return LoggingConfig?.LogGroup ?? `/aws/lambda/${functionName}`;
}

/** Whether a function's log is kept. Lambda writes it under the function's role, and loses it if denied. */
export function mayLog(
  role: RoleSession,
  functionName: string,
  properties: LoggingProperties,
  environment: Environment,
): boolean {
  const logGroup = arn('logs', `log-group:${logGroupOf(functionName, properties)}`, environment);
  const isGiven = properties.LoggingConfig?.LogGroup !== undefined;
  const logStream = `${logGroup}:log-stream:${LOG_STREAM}`;
  return (
    (isGiven || role.may('logs:CreateLogGroup', `${logGroup}:*`)) &&
    role.may('logs:CreateLogStream', logStream) &&
    role.may('logs:PutLogEvents', logStream)
  );
}

/** Asks whether a function may send traces. There are none here. AWS loses denied traces without an error. */
export function trace(role: RoleSession): void {
  for (const action of ['xray:PutTraceSegments', 'xray:PutTelemetryRecords']) role.may(action, '*');
}

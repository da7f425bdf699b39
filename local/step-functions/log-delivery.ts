import type { RoleSession } from '../iam/role-session';
import type { StateMachineProperties } from './state-machine-properties';

/** @see https://docs.aws.amazon.com/step-functions/latest/dg/cw-logs.html */
const LOG_DELIVERY = [
  'logs:CreateLogDelivery',
  'logs:DeleteLogDelivery',
  'logs:DescribeLogGroups',
  'logs:DescribeResourcePolicies',
  'logs:GetLogDelivery',
  'logs:ListLogDeliveries',
  'logs:PutResourcePolicy',
  'logs:UpdateLogDelivery',
];

/** @see https://docs.aws.amazon.com/step-functions/latest/dg/concepts-xray-tracing.html */
const TRACING = [
  'xray:GetSamplingRules',
  'xray:GetSamplingTargets',
  'xray:PutTelemetryRecords',
  'xray:PutTraceSegments',
];

/**
 * Checks the permissions that a state machine's role needs before Step Functions creates the state machine.
 *
 * @throws Error if the state machine logs and its role does not allow that. Traces that the role does not
 * allow are lost without an error, as on AWS.
 */
export function assertMayLog(name: string, properties: StateMachineProperties, role: RoleSession): void {
  const { LoggingConfiguration, TracingConfiguration } = properties;
  if (TracingConfiguration?.Enabled) for (const action of TRACING) role.may(action, '*');
  if ((LoggingConfiguration?.Level ?? 'OFF') === 'OFF') return;
  const missing = LOG_DELIVERY.filter((action) => !role.may(action, '*'));
  if (missing.length === 0) return;
  throw new Error(
    `${name}: the state machine IAM Role is not authorized to access the Log Destination: ` +
      `${role.roleName} does not allow ${missing.join(', ')} on *`,
  );
}

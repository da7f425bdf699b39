import { AwsError } from '../aws/api';
import { sessionArn } from './caller-identity';
import type { Decision } from './policies/decide';

/** A denied access: the user, the action and the resource. */
interface Denial {
  readonly roleArn: string;
  readonly roleName: string;
  readonly sessionName: string;
  readonly action: string;
  readonly resource: string;
}

const STATUSES: Record<string, number> = { lambda: 403, sqs: 403 };

/**
 * The error for a call that IAM denies. It has the service's own code and status, and IAM's message.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html
 */
export function accessDenied(
  { roleArn, roleName, sessionName, action, resource }: Denial,
  decision: Decision,
): AwsError {
  const [service = '', name = ''] = action.split(':');
  const isSqs = service === 'sqs';
  // Only SQS writes actions in lower case. It also kept the error code from before its JSON protocol.
  const shown = isSqs ? `sqs:${name.toLowerCase()}` : action;
  const reason = decision.statement
    ? 'with an explicit deny in an identity-based policy'
    : `because no identity-based policy allows the ${shown} action`;
  const user = sessionArn({ roleArn, roleName, sessionName });
  return new AwsError(
    isSqs ? 'AccessDenied' : 'AccessDeniedException',
    `User: ${user} is not authorized to perform: ${shown} on resource: ${resource} ${reason}`,
    STATUSES[service] ?? 400,
  );
}

import { AwsError } from '../aws/api';
import { ACCOUNT } from '../aws/environment';
import type { Decision } from './decide';

/** Who was denied what. */
interface Denial {
  readonly roleName: string;
  readonly sessionName: string;
  readonly action: string;
  readonly resource: string;
}

const STATUSES: Record<string, number> = { lambda: 403, sqs: 403 };

/**
 * The error of a call that IAM denies, with the service's own code and status, in IAM's words.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html
 */
export function accessDenied(
  { roleName, sessionName, action, resource }: Denial,
  decision: Decision,
): AwsError {
  const [service = '', name = ''] = action.split(':');
  const isSqs = service === 'sqs';
  // SQS alone writes actions in lower case, and kept the code that it had before its JSON protocol.
  const shown = isSqs ? `sqs:${name.toLowerCase()}` : action;
  const reason = decision.statement
    ? 'with an explicit deny in an identity-based policy'
    : `because no identity-based policy allows the ${shown} action`;
  const user = `arn:aws:sts::${ACCOUNT}:assumed-role/${roleName}/${sessionName}`;
  return new AwsError(
    isSqs ? 'AccessDenied' : 'AccessDeniedException',
    `User: ${user} is not authorized to perform: ${shown} on resource: ${resource} ${reason}`,
    STATUSES[service] ?? 400,
  );
}

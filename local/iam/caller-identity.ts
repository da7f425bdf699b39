import { ACCOUNT, environmentOf } from '../aws/environment';

/** The session of a role, as far as its ARN names it. */
interface Session {
  readonly roleArn: string;
  readonly roleName: string;
  readonly sessionName: string;
}

/** The ARN of a session under an assumed role. */
export function sessionArn({ roleArn, roleName, sessionName }: Session): string {
  return `arn:aws:sts::${environmentOf(roleArn).account}:assumed-role/${roleName}/${sessionName}`;
}

/**
 * Who calls, as GetCallerIdentity of STS answers it.
 *
 * @param session undefined for the person at this machine.
 * @see https://docs.aws.amazon.com/STS/latest/APIReference/API_GetCallerIdentity.html
 */
export function callerIdentity(session: Session | undefined) {
  return session
    ? {
        Arn: sessionArn(session),
        UserId: `AROALOCAL:${session.sessionName}`,
        Account: environmentOf(session.roleArn).account,
      }
    : { Arn: `arn:aws:iam::${ACCOUNT}:user/local`, UserId: 'AIDALOCAL', Account: ACCOUNT };
}

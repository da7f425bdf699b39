import { randomBytes } from 'node:crypto';
import { AwsError, type Input } from '../aws/api';
import { ACCOUNT, REGION } from '../aws/environment';
import type { Template, TemplateValues } from '../aws/template';
import { accessDenied } from './access-denied';
import { AccessRecord } from './access-record';
import { neededAccess, type PartitionKeyOf } from './api-requests';
import { type Decision, decide, unusedStatements } from './decide';
import { type LambdaPermission, lambdaPermissionsOf, type ServiceInvocation } from './lambda-permissions';
import type { RequestContext } from './patterns';
import { type Role, rolesOf } from './roles';
import { isTrusted, type TrustRequest } from './trust';

/** Somebody who has assumed a role. */
export interface RoleSession {
  readonly roleArn: string;
  readonly roleName: string;
  readonly sessionName: string;
  /** By which the gateway knows the calls of this session. */
  readonly accessKeyId: string;
  /** Whether the role allows this; the question is recorded. */
  readonly may: (action: string, resource: string) => boolean;
}

/** What begins the access keys of roles; every other key is the person's at this machine. */
const ACCESS_KEY_PREFIX = 'ASIALOCAL';

/** The sessions of people, which are many; those of functions and state machines stay. */
const MAX_WEB_SESSIONS = 1_000;

/** IAM: decides who may do what, by the roles and permissions of the template, and remembers what it decided. */
export class Iam {
  readonly record = new AccessRecord();
  private roles = new Map<string, Role>();
  private permissions: LambdaPermission[] = [];
  private readonly sessions = new Map<string, { session: RoleSession; context: RequestContext }>();

  constructor(private readonly partitionKeyOf: PartitionKeyOf) {}

  /**
   * Takes over what a template says about access, in place of what was said before.
   *
   * @throws Error naming what in it the local cloud cannot evaluate.
   */
  load(template: Template, values: TemplateValues): void {
    const permissions = lambdaPermissionsOf(template, values);
    this.roles = rolesOf(template, values);
    this.permissions = permissions;
  }

  /**
   * Lets a service assume a role, to act for one of its resources.
   *
   * @throws Error if there is no such role in the template, or its trust policy does not allow it.
   */
  assume(roleArn: string, service: string, sessionName: string, context: RequestContext = {}): RoleSession {
    const principal = { Service: service };
    if (!this.trusts(roleArn, { principal, action: 'sts:AssumeRole', context }))
      throw new Error(
        `role ${roleArn}: its trust policy does not let ${service} assume it for ${sessionName}`,
      );
    return this.createSession(roleArn, sessionName, {});
  }

  /**
   * Lets a person assume a role whose token an identity pool has checked.
   *
   * @param tags principal tags of the session.
   * @param context what the trust policy can ask for.
   * @returns nothing if the trust policy does not allow it.
   */
  assumeWithWebIdentity(
    roleArn: string,
    tags: Record<string, string>,
    context: RequestContext,
  ): RoleSession | undefined {
    const principal = { Federated: 'cognito-identity.amazonaws.com' };
    const actions = [
      'sts:AssumeRoleWithWebIdentity',
      ...(Object.keys(tags).length > 0 ? ['sts:TagSession'] : []),
    ];
    if (!actions.every((action) => this.trusts(roleArn, { principal, action, context }))) return undefined;
    const entries = Object.entries(tags).map(([key, value]) => [
      `aws:principaltag/${key.toLowerCase()}`,
      value,
    ]);
    const session = this.createSession(roleArn, 'CognitoIdentityCredentials', {
      ...context,
      ...Object.fromEntries(entries),
    });
    this.forgetOldWebSessions();
    return session;
  }

  /**
   * Checks a call to a service.
   *
   * @param accessKeyId the caller's; one that is no role's is the person's at this machine, who may do everything.
   * @throws AwsError AccessDeniedException (of SQS: AccessDenied), or UnrecognizedClientException for a key that
   * belongs to an earlier run.
   */
  authorizeCall(accessKeyId: string | undefined, prefix: string, action: string, input: Input): void {
    if (!accessKeyId?.startsWith(ACCESS_KEY_PREFIX)) return;
    const session = this.sessions.get(accessKeyId)?.session;
    if (!session)
      throw new AwsError(
        'UnrecognizedClientException',
        'The security token included in the request is invalid.',
      );
    this.authorize(session, prefix, action, input);
  }

  /** Checks a call that is made under a role. */
  authorize(session: RoleSession, prefix: string, action: string, input: Input): void {
    for (const needed of neededAccess(prefix, action, input, this.partitionKeyOf)) {
      this.assertAllowed(session, needed.action, needed.resource, needed.context);
    }
  }

  /** @throws AwsError as {@link authorizeCall} does. */
  assertAllowed(session: RoleSession, action: string, resource: string, context: RequestContext = {}): void {
    const decision = this.decide(session, action, resource, context);
    if (!decision.allowed) throw accessDenied({ ...session, action, resource }, decision);
  }

  /** Whether a function's resource policy lets a service invoke it. */
  mayInvoke(invocation: ServiceInvocation): boolean {
    return this.permissions.some((allows) => allows(invocation));
  }

  /** The statements that made no difference to anything so far, of every role. */
  unused(): string[] {
    return [...this.roles.values()].flatMap(({ name, statements }) => {
      const records = this.record.list().filter(({ roleName }) => roleName === name);
      return unusedStatements(
        statements,
        records.map(({ request }) => request),
      ).map(({ id }) => id);
    });
  }

  private trusts(roleArn: string, request: TrustRequest): boolean {
    const role = this.roles.get(roleArn);
    if (!role) throw new Error(`there is no role ${roleArn} in the template`);
    return isTrusted(role.trust, request);
  }

  private createSession(roleArn: string, sessionName: string, context: RequestContext): RoleSession {
    const accessKeyId = `${ACCESS_KEY_PREFIX}${randomBytes(6).toString('hex').slice(1).toUpperCase()}`;
    const session: RoleSession = {
      roleArn,
      roleName: roleArn.slice(roleArn.lastIndexOf('/') + 1),
      sessionName,
      accessKeyId,
      may: (action, resource) => this.decide(session, action, resource, {}).allowed,
    };
    this.sessions.set(accessKeyId, { session, context });
    return session;
  }

  private decide(session: RoleSession, action: string, resource: string, context: RequestContext): Decision {
    const { roleArn, roleName, accessKeyId } = session;
    const request = {
      action,
      resource,
      context: {
        'aws:principalaccount': ACCOUNT,
        'aws:principalarn': roleArn,
        'aws:requestedregion': REGION,
        // The functions' connections stay on this machine; on AWS they are HTTPS.
        'aws:securetransport': 'true',
        ...this.sessions.get(accessKeyId)?.context,
        ...context,
      },
    };
    const decision = decide(this.roles.get(roleArn)?.statements ?? [], request);
    this.record.add(roleName, request, decision);
    return decision;
  }

  private forgetOldWebSessions(): void {
    const web = [...this.sessions].filter(
      ([, { session }]) => session.sessionName === 'CognitoIdentityCredentials',
    );
    for (const [accessKeyId] of web.slice(0, -MAX_WEB_SESSIONS)) this.sessions.delete(accessKeyId);
  }
}

import type { Input } from '../aws/api';
import { environmentOf } from '../aws/environment';
import type { StackTemplate } from '../aws/template';
import { accessDenied } from './access-denied';
import { AccessRecord, type DecidedAccess, decidedAccess } from './access-record';
import { neededAccess, type PartitionKeyOf } from './api-requests';
import { type LambdaPermission, lambdaPermissionsOf, type ServiceInvocation } from './lambda-permissions';
import type { Decision } from './policies/decide';
import type { RequestContext } from './policies/patterns';
import { isTrusted, type TrustRequest } from './policies/trust';
import { Questions } from './questions';
import type { RoleSession } from './role-session';
import { Roles } from './roles';
import { Sessions } from './sessions';

/** How long an identity pool's credentials are valid, in ms. */
export const WEB_SESSION_DURATION = 60 * 60_000;

/** IAM: decides on access by the roles and permissions of the template, and remembers its decisions. */
export class Iam {
  readonly record = new AccessRecord();
  private roles = new Roles([]);
  private permissions: LambdaPermission[] = [];
  private loaded: readonly StackTemplate[] = [];
  private readonly sessions: Sessions;
  private readonly questions = new Questions((...question) => this.access(...question));

  constructor(
    private readonly partitionKeyOf: PartitionKeyOf,
    private readonly now = Date.now,
  ) {
    this.sessions = new Sessions(now);
  }

  /**
   * Replaces the rules about access with those of an app's templates.
   *
   * @throws Error naming the part of a template that the local cloud cannot evaluate, in a permission or in a role
   * that somebody has taken on.
   */
  load(stacks: readonly StackTemplate[]): void {
    const permissions = stacks.flatMap(lambdaPermissionsOf);
    const roles = new Roles(stacks);
    for (const { roleArn } of this.sessions.list()) roles.find(roleArn);
    this.loaded = stacks;
    this.roles = roles;
    this.permissions = permissions;
    this.questions.forget();
  }

  /**
   * Lets a service assume a role, to act for one of its resources.
   *
   * @param context the values that the trust policy can check, and the region of the service in `aws:requestedregion`.
   * @throws Error if there is no such role in the template, or its trust policy does not allow it.
   */
  assume(roleArn: string, service: string, sessionName: string, context: RequestContext = {}): RoleSession {
    const principal = { Service: service };
    if (!this.trusts(roleArn, { principal, action: 'sts:AssumeRole', context }))
      throw new Error(
        `role ${roleArn}: its trust policy does not let ${service} assume it for ${sessionName}`,
      );
    return this.createSession(roleArn, sessionName, regionIn(context));
  }

  /**
   * Lets a person assume a role, after an identity pool has checked the person's token.
   *
   * @param tags principal tags of the session.
   * @param context the values that the trust policy can check.
   * @returns undefined if the trust policy does not allow it.
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
    const session = this.createSession(
      roleArn,
      'CognitoIdentityCredentials',
      { ...context, ...Object.fromEntries(entries) },
      this.now() + WEB_SESSION_DURATION,
    );
    this.sessions.forgetOldOf('CognitoIdentityCredentials');
    return session;
  }

  /**
   * Checks a call to a service.
   *
   * @param accessKeyId the caller's key. Without a role, it is the key of the person at this machine, who may
   * do everything.
   * @throws AwsError AccessDeniedException (of SQS: AccessDenied), or UnrecognizedClientException for a key that
   * belongs to an earlier run.
   */
  authorizeCall(accessKeyId: string | undefined, prefix: string, action: string, input: Input): void {
    const session = this.sessionOf(accessKeyId);
    if (session) this.authorize(session, prefix, action, input);
  }

  /**
   * The session of a role that an access key belongs to; undefined for the key of the person at this machine.
   *
   * @throws AwsError UnrecognizedClientException for a key that belongs to an earlier run, or
   * ExpiredTokenException.
   */
  sessionOf(accessKeyId: string | undefined): RoleSession | undefined {
    return this.sessions.find(accessKeyId);
  }

  /** Checks a call under a role. */
  authorize(session: RoleSession, prefix: string, action: string, input: Input): void {
    const { account } = environmentOf(session.roleArn);
    const region = String(this.sessions.contextOf(session)['aws:requestedregion']);
    for (const needed of neededAccess(prefix, action, input, this.partitionKeyOf, { account, region })) {
      this.assertAllowed(session, needed.action, needed.resource, needed.context);
    }
  }

  /** @throws AwsError as {@link authorizeCall} does. */
  assertAllowed(session: RoleSession, action: string, resource: string, context: RequestContext = {}): void {
    const decision = this.recorded(this.access(session, action, resource, context));
    if (!decision.allowed) throw accessDenied({ ...session, action, resource }, decision);
  }

  /** Whether a function's resource policy lets a service invoke it. */
  mayInvoke(invocation: ServiceInvocation): boolean {
    return this.permissions.some((allows) => allows(invocation));
  }

  /** The stacks whose roles and permissions apply. */
  get stacks(): readonly StackTemplate[] {
    return this.loaded;
  }

  /** The statements of the roles in use that have not changed any decision so far. */
  unused(): string[] {
    return this.roles.taken().flatMap((role) => this.record.unusedOf(role).map(({ id }) => id));
  }

  private trusts(roleArn: string, request: TrustRequest): boolean {
    const role = this.roles.find(roleArn);
    if (!role) throw new Error(`there is no role ${roleArn} in the template`);
    return isTrusted(role.trust, request);
  }

  private createSession(
    roleArn: string,
    sessionName: string,
    context: RequestContext,
    expiration?: number,
  ): RoleSession {
    return this.sessions.open({
      roleArn,
      sessionName,
      context,
      expiration,
      may: (...question) => this.recorded(this.questions.ask(...question)).allowed,
    });
  }

  private recorded(access: DecidedAccess): Decision {
    this.record.add(access);
    return access.decision;
  }

  private access(
    session: RoleSession,
    action: string,
    resource: string,
    context: RequestContext = {},
  ): DecidedAccess {
    const { roleArn, roleName } = session;
    const statements = this.roles.find(roleArn)?.statements ?? [];
    const inSession = this.sessions.contextOf(session);
    return decidedAccess(roleName, statements, { action, resource, context: { ...inSession, ...context } });
  }
}

/** The other values of an assumption are about that call alone. */
function regionIn(context: RequestContext): RequestContext {
  const region = context['aws:requestedregion'];
  return region === undefined ? {} : { 'aws:requestedregion': region };
}

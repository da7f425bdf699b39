import { AwsError, type Input } from '../../local/aws/api';
import type { Outcome } from '../../local/aws/invocation';
import type { Clock } from '../clock/clock';
import type { Random } from '../clock/random';
import type { Faults } from './faults';
import type { Actions } from './network';
import { TokenBucket } from './token-bucket';
import { isEligible, type User, type UserObserver, viewOf } from './user';
import { listUsers } from './user-list';
import type { UserPool } from './user-pool';

/** How Cognito calls a trigger: how long it waits, in ms, and how often it calls one that does not answer. */
const TRIGGER_TIME = 5_000;
const TRIGGER_CALLS = 3;

/**
 * How many requests of the category UserUpdate an account has in a second.
 *
 * @see https://docs.aws.amazon.com/cognito/latest/developerguide/quotas.html
 */
const USER_UPDATES = 25;

/** What Cognito needs of the world. */
export interface CognitoOptions {
  readonly pool: UserPool;
  readonly groups: readonly string[];
  readonly clock: Clock;
  readonly random: Random;
  readonly faults: Faults;
  readonly invokeFunction: (name: string, payload: string) => Promise<Outcome>;
  readonly observer: UserObserver;
}

/** Cognito: one user pool with its trigger, its groups, its lists and the quota that it shares. */
export class Cognito {
  readonly users = new Map<string, User>();
  /** How many users were created, and how often one of them was changed since. */
  created = 0;
  changes = 0;
  private readonly userUpdates: TokenBucket;

  constructor(private readonly options: CognitoOptions) {
    this.userUpdates = new TokenBucket(USER_UPDATES, options.clock);
  }

  readonly actions: Actions = {
    AdminAddUserToGroup: (input) => this.addUserToGroup(input),
    AdminListGroupsForUser: (input) => ({
      Groups: [...this.find(input).groups].map((GroupName) => ({ GroupName })),
    }),
    AdminGetUser: (input) => {
      const { Attributes: UserAttributes, ...view } = viewOf(this.find(input));
      return { ...view, UserAttributes };
    },
    ListUsers: (input) => listUsers(this.users.values(), input, this.options),
  };

  get poolId(): string {
    return this.options.pool.id;
  }

  create(sub: string, status: User['status'], attributes: Record<string, string>): User {
    const user: User = {
      number: this.created++,
      username: sub,
      sub,
      createdAt: this.options.clock.now(),
      attributes: { sub, ...attributes },
      groups: new Set(),
      status,
      isEnabled: true,
      wasEligible: false,
    };
    this.users.set(user.username, user);
    this.noteEligibility(user);
    return user;
  }

  /** Changes a user; lists may show them as they were for a while. */
  change(user: User, change: Partial<Pick<User, 'status' | 'isEnabled' | 'attributes'>>, what: string): void {
    const wasEligible = user.eligibleSince !== undefined;
    this.changes += 1;
    user.before = { view: viewOf(user), wasEligible, until: this.options.clock.now() };
    Object.assign(user, { ...change, attributes: { ...user.attributes, ...change.attributes } });
    this.noteEligibility(user);
    this.options.observer.changed(user, what);
  }

  delete(user: User): void {
    this.changes += 1;
    this.users.delete(user.username);
    this.options.observer.changed(user, 'is deleted');
  }

  /** Takes some members out of the groups, as whoever empties a group does, or creates it anew. */
  removeMembers(share: number): void {
    const { clock, random, observer } = this.options;
    for (const user of this.users.values()) {
      if (user.groups.size === 0 || !random.chance(share)) continue;
      this.changes += 1;
      user.groups.clear();
      user.removedAt = clock.now();
      observer.removedFromGroups(user);
    }
  }

  /** Confirms a user, and calls the trigger if the user pool has one. */
  async confirm(user: User, status: User['status'], attributes: Record<string, string>): Promise<void> {
    this.change(user, { status, attributes }, 'is confirmed');
    const wasDue = user.eligibleSince !== undefined;
    if (wasDue) this.options.observer.confirmed(user);
    const trigger = this.options.pool.postConfirmation;
    if (trigger === undefined) return;
    const calledAt = this.options.clock.now();
    const call = () => this.callTrigger(user, trigger, wasDue);
    const calls = [call()];
    if (this.options.faults.strike('trigger called twice')) calls.push(call());
    for (const error of await Promise.all(calls))
      this.options.observer.triggerAnswered(user, { wasDue, calledAt, error });
  }

  /** @returns the error that the user sees, if there is one. */
  private async callTrigger(user: User, functionArn: string, isDue: boolean): Promise<string | undefined> {
    const { clock, invokeFunction, observer } = this.options;
    const payload = JSON.stringify(this.eventOf(user));
    for (let call = 1; call <= TRIGGER_CALLS; call += 1) {
      const calledAt = clock.now();
      if (isDue) user.calledAt = calledAt;
      const invocation = invokeFunction(functionArn, payload);
      void invocation.then(
        (answer) =>
          observer.triggerCalled(user, { calledAt, failed: answer.failed, hasTimedOut: isTimeout(answer) }),
        doNothing,
      );
      const outcome = await Promise.race([
        invocation.catch((error: AwsError) => error.code),
        clock.sleep(TRIGGER_TIME),
      ]);
      if (typeof outcome === 'string') return outcome;
      if (outcome) return outcome.failed ? JSON.parse(outcome.payload).errorMessage : undefined;
    }
    return 'Socket timeout while invoking Lambda function';
  }

  private eventOf({ username, attributes, status }: User) {
    return {
      version: '1',
      region: 'us-east-1',
      userPoolId: this.poolId,
      userName: username,
      callerContext: { awsSdkVersion: 'aws-sdk-unknown-unknown', clientId: 'client' },
      triggerSource: 'PostConfirmation_ConfirmSignUp',
      request: { userAttributes: { ...attributes, 'cognito:user_status': status } },
      response: {},
    };
  }

  private addUserToGroup(input: Input) {
    if (!this.userUpdates.take() || this.options.faults.strike('quota used up'))
      throw new AwsError('TooManyRequestsException', 'Too many requests');
    const group = String(input.GroupName);
    const user = this.find(input);
    if (!this.options.groups.includes(group))
      throw new AwsError('ResourceNotFoundException', 'Group not found.');
    user.groups.add(group);
    user.addedAt = this.options.clock.now();
    this.options.observer.addedToGroup(user, group);
    return {};
  }

  private find({ UserPoolId, Username }: Input): User {
    if (UserPoolId !== this.poolId)
      throw new AwsError('ResourceNotFoundException', `User pool ${UserPoolId} does not exist.`);
    const user = this.users.get(String(Username));
    if (!user) throw new AwsError('UserNotFoundException', 'User does not exist.');
    return user;
  }

  private noteEligibility(user: User): void {
    const now = this.options.clock.now();
    if (isEligible(user)) user.eligibleSince ??= now;
    else {
      if (user.eligibleSince !== undefined) user.eligibleUntil = now;
      user.eligibleSince = undefined;
    }
    user.wasEligible ||= user.eligibleSince !== undefined;
  }
}

function isTimeout({ failed, payload }: Outcome): boolean {
  return failed && JSON.parse(payload).errorType === 'Sandbox.Timedout';
}

function doNothing(): void {}

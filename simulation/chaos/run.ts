import {
  AdminConfirmSignUpCommand,
  AdminDisableUserCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { StartMessageMoveTaskCommand } from '@aws-sdk/client-sqs';
import { eventually, type TestCloud, type TestUser } from '../../test/support/test-cloud';
import type { ChaosUser, Schedule } from './schedule';

/** How long the queue may take to drain, in ms, after the faults are lifted. */
const DRAIN_TIME_LIMIT = 60_000;

interface Arrival extends ChaosUser {
  readonly user: TestUser;
  /** Whether the trigger answered Cognito with the event: its promise that the user is onboarded or parked. */
  readonly answered: boolean;
  /** How long the confirmation took, in ms. */
  readonly confirmedIn: number;
  /** The record that they had when all users had arrived. */
  readonly firstRecord?: Record<string, unknown>;
}

/** What happened to the users of one schedule, as numbers of users. */
export interface ChaosResult {
  readonly eligible: number;
  /** Users who were in the group and had a record at the end. */
  readonly onboarded: number;
  /** Users who had a record when all had arrived. */
  readonly onboardedAtOnce: number;
  /** Users who were in the dead-letter queue before a lasting fault was lifted. */
  readonly dead: number;
  /** Users whose trigger never answered, so that only a reconciliation could find them. */
  readonly unanswered: number;
  /** How long each confirmation took, in ms. */
  readonly confirmedIn: readonly number[];
}

/**
 * Lets users arrive while faults are active, lifts the faults, and checks what was promised.
 *
 * @throws Error that says which promise was broken, and for which user.
 */
export async function runSchedule(
  cloud: TestCloud,
  { users, faults, lasting }: Schedule,
): Promise<ChaosResult> {
  await cloud.setFaults(lasting ? [lasting, ...faults] : faults);
  const arrivals = await Promise.all(users.map((user) => arrive(cloud, user)));
  if (lasting) {
    await cloud.setFaults([lasting]);
    await eventually(async () => (await cloud.usersIn('RetryQueueUrl')).length === 0, DRAIN_TIME_LIMIT);
  }
  await cloud.setFaults([]);
  const dead = await redriveDeadLetters(cloud);
  await drain(cloud);
  const eligible = arrivals.filter(isEligible);
  for (const arrival of eligible.filter(({ answered }) => answered)) await assertOnboarded(cloud, arrival);

  await cloud.reconcile();
  await drain(cloud);
  let onboarded = 0;
  for (const arrival of arrivals) {
    if (isEligible(arrival)) {
      await assertOnboarded(cloud, arrival);
      onboarded += 1;
    } else {
      await assertNotOnboarded(cloud, arrival);
    }
  }
  return {
    eligible: eligible.length,
    onboarded,
    onboardedAtOnce: eligible.filter(({ firstRecord }) => firstRecord).length,
    dead,
    unanswered: eligible.filter(({ answered }) => !answered).length,
    confirmedIn: arrivals.map(({ confirmedIn }) => confirmedIn),
  };
}

async function arrive(cloud: TestCloud, chaosUser: ChaosUser): Promise<Arrival> {
  const { kind, address } = chaosUser;
  const attributes: Record<string, string> = address ? { address } : {};
  const user = kind === 'federated' ? cloud.newUser() : await cloud.signUp(attributes);
  const admin = { UserPoolId: cloud.output('UserPoolId'), Username: user.email };
  if (kind === 'disabled') await cloud.cognito.send(new AdminDisableUserCommand(admin));
  const begin = performance.now();
  const confirmations = {
    native: () => cloud.confirm(user),
    federated: () => cloud.signInFederated(user, attributes),
    unverified: () => cloud.cognito.send(new AdminConfirmSignUpCommand(admin)),
    unconfirmed: () => Promise.resolve(),
    disabled: () => Promise.resolve(),
  };
  // The user stays confirmed even if there is an error.
  const error = await confirmations[kind]().then(
    () => undefined,
    (reason: Error) => reason,
  );
  if (error?.message.includes('Socket timeout')) {
    throw new Error(`Cognito got no answer for ${kind} user ${user.sub} within 5 s`);
  }
  const confirmedIn = performance.now() - begin;
  return { ...chaosUser, user, answered: !error, confirmedIn, firstRecord: await cloud.recordOf(user) };
}

function isEligible({ kind }: ChaosUser): boolean {
  return kind === 'native' || kind === 'federated';
}

/** @returns how many messages there were. */
async function redriveDeadLetters(cloud: TestCloud): Promise<number> {
  const { length } = await cloud.usersIn('DeadLetterQueueUrl');
  const SourceArn = cloud.output('DeadLetterQueueArn');
  if (length > 0) await cloud.sqs.send(new StartMessageMoveTaskCommand({ SourceArn }));
  return length;
}

/** A message whose receives were used up during the faults may reach the dead-letter queue only now. */
async function drain(cloud: TestCloud): Promise<void> {
  await eventually(async () => {
    const dead = await redriveDeadLetters(cloud);
    const waiting = await cloud.usersIn('RetryQueueUrl');
    return waiting.length + dead === 0;
  }, DRAIN_TIME_LIMIT);
}

async function assertOnboarded(cloud: TestCloud, { kind, user, firstRecord }: Arrival): Promise<void> {
  const record = await cloud.recordOf(user);
  const who = `${kind} user ${user.sub}`;
  if (!record) throw new Error(`${who} is lost: there is no record`);
  if (!(await cloud.groupsOf(user)).includes(cloud.output('GroupName'))) {
    throw new Error(`${who} has a record, but is not in the group`);
  }
  if (firstRecord && JSON.stringify(firstRecord) !== JSON.stringify(record)) {
    throw new Error(
      `the record of ${who} has changed: ${JSON.stringify(firstRecord)} to ${JSON.stringify(record)}`,
    );
  }
}

async function assertNotOnboarded(cloud: TestCloud, { kind, user }: Arrival): Promise<void> {
  const who = `${kind} user ${user.sub}`;
  if (await cloud.recordOf(user)) throw new Error(`${who} has a record and should not`);
  if ((await cloud.groupsOf(user)).includes(cloud.output('GroupName')))
    throw new Error(`${who} is in the group and should not be`);
}

import {
  CognitoIdentityProviderClient,
  ListUsersCommand,
  type UserType,
} from '@aws-sdk/client-cognito-identity-provider';
import * as v from 'valibot';
import { awsClientConfig } from '../aws-client/config';
import { describeError } from '../aws-client/describe-error';
import { atLeast } from '../onboarding/at-least';
import { type ConfirmedUser, parseConfirmedUser } from '../onboarding/confirmed-user';
import { eligibilityRules, reasonNotToOnboard } from '../onboarding/eligibility';
import { requiredEnvironmentVariable } from '../onboarding/environment';
import { parse } from '../onboarding/parse';
import { parkUsers } from './park-users';
import { findUsersWithoutRecord } from './users-without-record';

/** The most that Cognito lists at once. */
const PAGE_SIZE = 60;

/** The shortest time for a page, in ms: 10 pages a second leave most of Cognito's 30 to others. */
const PACE = 100;

/**
 * The shortest time for each user who is queued, in ms: a little more than a retry takes, so that nobody who has
 * just signed up waits in the queue behind a whole user pool.
 */
const PACE_OF_QUEUEING = 60;

const count = v.optional(v.pipe(v.number(), v.integer(), v.minValue(0)), 0);

const ReconciliationSchema = v.object({
  dryRun: v.optional(v.boolean(), false),
  all: v.optional(v.boolean(), false),
  paginationToken: v.optional(v.string()),
  pages: count,
  scanned: count,
  skipped: v.optional(v.record(v.string(), v.number()), {}),
  eligible: count,
  missing: count,
  queued: count,
});

/**
 * How far a reconciliation has come: pages in this execution, and users since the first one: seen in the user
 * pool, skipped (by reason), eligible for onboarding, missing their record, sent to the retry queue.
 *
 * With `dryRun`, nobody is queued. With `all`, those who have a record are queued as well: somebody else may have
 * written it, or the group be new. Without a `paginationToken`, it begins, or has ended.
 */
export type Reconciliation = v.InferOutput<typeof ReconciliationSchema>;

const cognito = new CognitoIdentityProviderClient(awsClientConfig(3_000));

/**
 * Sends the users of one page of the user pool to the retry queue who should have a record and have none.
 *
 * Whoever is sent twice is onboarded once, so a page may be done again.
 *
 * @throws the services' own errors, by which the state machine decides what to retry.
 */
export async function handler(event: unknown): Promise<Reconciliation> {
  const soFar = parse(ReconciliationSchema, event, 'a reconciliation');
  return atLeast(PACE, reconcilePage(soFar));
}

async function reconcilePage({ paginationToken, ...soFar }: Reconciliation): Promise<Reconciliation> {
  const UserPoolId = requiredEnvironmentVariable('USER_POOL_ID');
  const { Users = [], PaginationToken } = await cognito.send(
    // Without AttributesToGet: Cognito refuses a page on which one user lacks one of the attributes.
    new ListUsersCommand({ UserPoolId, Limit: PAGE_SIZE, PaginationToken: paginationToken }),
  );
  const candidates = Users.map((user) => eligibleUserOrReason(UserPoolId, user));
  const eligible = candidates.filter((candidate) => typeof candidate !== 'string');
  const missing = await findUsersWithoutRecord(eligible);
  const wanted = soFar.all ? eligible : missing;
  const queued = soFar.dryRun ? [] : wanted;
  await atLeast(queued.length * PACE_OF_QUEUEING, parkUsers(queued));
  const progress = {
    dryRun: soFar.dryRun,
    all: soFar.all,
    pages: soFar.pages + 1,
    scanned: soFar.scanned + Users.length,
    skipped: candidates.filter((candidate) => typeof candidate === 'string').reduce(counted, soFar.skipped),
    eligible: soFar.eligible + eligible.length,
    missing: soFar.missing + missing.length,
    queued: soFar.queued + queued.length,
  };
  console.info({ event: 'PageReconciled', ...progress });
  return { ...progress, ...(PaginationToken && { paginationToken: PaginationToken }) };
}

function counted(counts: Record<string, number>, reason: string): Record<string, number> {
  return { ...counts, [reason]: (counts[reason] ?? 0) + 1 };
}

function eligibleUserOrReason(userPoolId: string, user: UserType): ConfirmedUser | string {
  const attributes = Object.fromEntries((user.Attributes ?? []).map(({ Name, Value }) => [Name, Value]));
  const { sub, address, email_verified: emailVerified } = attributes;
  const candidate = { status: user.UserStatus, enabled: user.Enabled, emailVerified };
  const reason = reasonNotToOnboard(candidate, eligibilityRules());
  if (reason) return reason;
  try {
    return parseConfirmedUser({ userPoolId, username: user.Username, sub, address });
  } catch (error) {
    // One user whom nobody could onboard must not keep all others from it.
    console.error({ event: 'UserRefused', sub, ...describeError(error) });
    return 'user is refused: see UserRefused in the log';
  }
}

import { CognitoIdentityProviderClient, ListUsersCommand } from '@aws-sdk/client-cognito-identity-provider';
import * as v from 'valibot';
import { awsClientConfig } from '../aws-client/config';
import { atLeast } from '../onboarding/at-least';
import { requiredEnvironmentVariable } from '../onboarding/environment';
import { parse } from '../onboarding/parse';
import { sortUsers } from './eligible-users';
import { parkUsers } from './park-users';
import { findUsersWithoutRecord } from './users-without-record';

/** The most users that Cognito lists at once. */
const PAGE_SIZE = 60;

/** The shortest time for a page, in ms: 10 pages a second leave most of Cognito's quota of 30 to others. */
const PACE = 100;

/**
 * The shortest time for each queued user, in ms. It is a little longer than a retry takes, so that a new user
 * does not wait in the queue behind a whole user pool.
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
 * The progress of a reconciliation. `pages` counts the pages of this execution. The other counts are users
 * since the first execution: seen in the user pool, skipped (by reason), eligible for onboarding, missing
 * their record, and sent to the retry queue.
 *
 * With `dryRun`, nobody is queued. With `all`, users who have a record are queued as well: somebody else may
 * have written it, or the group may be new. Without a `paginationToken`, the reconciliation begins or has
 * ended.
 */
export type Reconciliation = v.InferOutput<typeof ReconciliationSchema>;

const cognito = new CognitoIdentityProviderClient(awsClientConfig(3_000));

/**
 * Sends the eligible users without a record, from one page of the user pool, to the retry queue.
 *
 * A user who is sent twice is onboarded once, so a page may be repeated.
 *
 * @throws the services' own errors; their names tell the state machine what to retry.
 */
export async function handler(event: unknown): Promise<Reconciliation> {
  const soFar = parse(ReconciliationSchema, event, 'a reconciliation');
  return atLeast(PACE, reconcilePage(soFar));
}

async function reconcilePage({ paginationToken, ...soFar }: Reconciliation): Promise<Reconciliation> {
  const UserPoolId = requiredEnvironmentVariable('USER_POOL_ID');
  const { Users = [], PaginationToken } = await cognito.send(
    // Without AttributesToGet: Cognito refuses a page if one user on it lacks one of the attributes.
    new ListUsersCommand({ UserPoolId, Limit: PAGE_SIZE, PaginationToken: paginationToken }),
  );
  const { eligible, skipped } = sortUsers(UserPoolId, Users);
  const missing = await findUsersWithoutRecord(eligible);
  const wanted = soFar.all ? eligible : missing;
  const queued = soFar.dryRun ? [] : wanted;
  await atLeast(queued.length * PACE_OF_QUEUEING, parkUsers(queued));
  const progress = {
    dryRun: soFar.dryRun,
    all: soFar.all,
    pages: soFar.pages + 1,
    scanned: soFar.scanned + Users.length,
    skipped: addCounts(soFar.skipped, skipped),
    eligible: soFar.eligible + eligible.length,
    missing: soFar.missing + missing.length,
    queued: soFar.queued + queued.length,
  };
  console.info({ event: 'PageReconciled', ...progress });
  return { ...progress, ...(PaginationToken && { paginationToken: PaginationToken }) };
}

function addCounts(...counts: Readonly<Record<string, number>>[]): Record<string, number> {
  const sums: Record<string, number> = {};
  for (const [reason, number] of counts.flatMap(Object.entries)) sums[reason] = (sums[reason] ?? 0) + number;
  return sums;
}

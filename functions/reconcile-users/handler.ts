import {
  CognitoIdentityProviderClient,
  ListUsersCommand,
  type UserType,
} from '@aws-sdk/client-cognito-identity-provider';
import { awsClientConfig } from '../aws-client/config';
import { atLeast } from '../onboarding/at-least';
import type { ConfirmedUser } from '../onboarding/confirmed-user';
import { requiredEnvironmentVariable } from '../onboarding/environment';
import { type GroupRule, groupOf } from '../onboarding/group-rule';
import { millisecondsPerUser } from '../onboarding/pace';
import { sortUsers } from './eligible-users';
import { parkUsers } from './park-users';
import { addCounts, type Counts, parseReconciliation, type Reconciliation } from './reconciliation';
import { isRetryQueueFull } from './retry-queue';
import { findUsersOutsideGroup } from './users-outside-group';
import { findUsersWithoutRecord } from './users-without-record';

/** The most users that Cognito lists at once. */
const PAGE_SIZE = 60;

/** The shortest time for a page, in ms: 10 pages a second leave most of Cognito's quota of 30 to others. */
const PACE = 100;

/** In the output of a dry run, for whoever reads the counts. */
const BROUGHT_BACK =
  'outsideGroup are users with a record who are not in the group. A run with all adds them, also those whom ' +
  'somebody took out of the group on purpose';

/** The progress, and what a person should know about it. */
export interface ReconciledPage extends Reconciliation {
  readonly note?: string;
}

const cognito = new CognitoIdentityProviderClient(awsClientConfig(3_000));

/**
 * Sends the eligible users without a record, from one page of the user pool, to the retry queue.
 *
 * A user who is sent twice is onboarded once, so a page may be repeated.
 *
 * @throws the services' own errors; their names tell the state machine what to retry.
 */
export async function handler(event: unknown): Promise<ReconciledPage> {
  const soFar = parseReconciliation(event);
  return atLeast(PACE, reconcilePage(soFar));
}

async function reconcilePage({ paginationToken, ...soFar }: Reconciliation): Promise<ReconciledPage> {
  const { dryRun, all, scheduled, trigger } = soFar;
  const { Users = [], PaginationToken } = await listUsers(paginationToken);
  const page = await reconcileUsers(Users, soFar);
  // Counts of the page: a metric adds them up.
  console.info({
    event: 'PageReconciled',
    dryRun,
    all,
    scheduled,
    ...page,
    missed: scheduled ? page.queued : 0,
    refused: scheduled ? (page.skipped.Refused ?? 0) : 0,
  });
  const counts = addCounts(soFar, page);
  return {
    dryRun,
    all,
    scheduled,
    trigger,
    pages: soFar.pages + 1,
    ...counts,
    ...(dryRun && counts.outsideGroup > 0 && { note: BROUGHT_BACK }),
    ...(PaginationToken && { paginationToken: PaginationToken }),
  };
}

function listUsers(PaginationToken?: string) {
  return cognito.send(
    // Without AttributesToGet: Cognito refuses a page if one user on it lacks one of the attributes.
    new ListUsersCommand({
      UserPoolId: requiredEnvironmentVariable('USER_POOL_ID'),
      Limit: PAGE_SIZE,
      PaginationToken,
    }),
  );
}

async function reconcileUsers(users: readonly UserType[], { dryRun, all }: Reconciliation): Promise<Counts> {
  const rule = groupRule();
  const { eligible, skipped } = sortUsers(requiredEnvironmentVariable('USER_POOL_ID'), users);
  const missing = await findUsersWithoutRecord(eligible);
  const recorded = all ? eligible.filter((user) => !missing.includes(user)) : [];
  // Where there is no group, nothing but the record could tell who is onboarded, and `all` does not trust it.
  const again = rule ? await findUsersOutsideGroup(recorded, rule) : recorded;
  const wanted = [...missing, ...again];
  const queued = dryRun ? [] : await queueUsers(wanted, all);
  const added = (dryRun ? wanted : queued).filter((user) => rule && groupOf(user, rule) !== null);
  return {
    scanned: users.length,
    skipped,
    eligible: eligible.length,
    missing: missing.length,
    outsideGroup: rule ? again.length : 0,
    groupAdds: added.length,
    queued: queued.length,
    notQueued: dryRun ? 0 : wanted.length - queued.length,
  };
}

/** The rule in `GROUP_RULE`, without which there are no groups. */
function groupRule(): GroupRule | undefined {
  const { GROUP_RULE } = process.env;
  return GROUP_RULE ? JSON.parse(GROUP_RULE) : undefined;
}

/** @returns who was queued: all of them, or nobody while too many messages wait. */
async function queueUsers(users: readonly ConfirmedUser[], all: boolean): Promise<readonly ConfirmedUser[]> {
  if (users.length === 0 || (await isRetryQueueFull())) return [];
  await atLeast(users.length * millisecondsPerUser(), parkUsers(users, all));
  return users;
}

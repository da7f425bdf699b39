import { AwsError, type Input } from '../../local/aws/api';
import type { Clock } from '../clock/clock';
import type { Random } from '../clock/random';
import type { Faults } from './faults';
import { type User, type UserView, viewOf } from './user';

const MOST_USERS_OF_A_PAGE = 60;

/** How long a pagination token is accepted, in ms. */
const TOKEN_LIFE = 3_600_000;

/** How far a list may lag behind, in ms. */
const LONGEST_LAG = 2_000;

/** What a list needs of the world. */
export interface ListOptions {
  readonly clock: Clock;
  readonly random: Random;
  readonly faults: Faults;
}

/**
 * One page of the users, in the order of their creation, and as they were a little while ago.
 *
 * @see https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_ListUsers.html
 */
export function listUsers(
  users: Iterable<User>,
  { Limit = MOST_USERS_OF_A_PAGE, PaginationToken }: Input,
  { clock, random, faults }: ListOptions,
) {
  const now = clock.now();
  const after = PaginationToken === undefined ? -1 : positionIn(String(PaginationToken), now);
  const size = faults.strike('short pages') ? random.integer(0, 1) : Number(Limit);
  const lag = faults.strike('stale list')?.time ?? random.integer(0, LONGEST_LAG);
  const rest = [...users].filter(({ number }) => number > after);
  const page = rest.slice(0, size);
  const last = page.at(-1)?.number ?? after;
  return {
    Users: page.filter(({ createdAt }) => createdAt <= now - lag).map((user) => show(user, now, lag)),
    ...(rest.length > size && { PaginationToken: `${last}/${now}` }),
  };
}

function show(user: User, now: number, lag: number): UserView {
  const before = user.before && user.before.until > now - lag ? user.before : undefined;
  if (before ? before.wasEligible : user.eligibleSince !== undefined) user.listedAt = now;
  return before?.view ?? viewOf(user);
}

/** @throws AwsError for a token that Cognito did not make, or made too long ago. */
function positionIn(token: string, now: number): number {
  const [, position, madeAt] = /^(-?\d+)\/(\d+)$/.exec(token) ?? [];
  if (position === undefined || now - Number(madeAt) > TOKEN_LIFE)
    throw new AwsError('InvalidParameterException', 'Invalid pagination token.');
  return Number(position);
}

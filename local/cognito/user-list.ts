import type { User } from 'cognito-local/lib/services/userPoolService';
import { AwsError, type Input } from '../aws/api';

const MAX_PAGE_SIZE = 60;

/**
 * One page of a user pool's users as ListUsers answers it, ordered by creation.
 *
 * @param users all users that match the filter.
 * @throws AwsError InvalidParameterException for a bad limit or token.
 * @see https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_ListUsers.html
 */
export function userListPage(
  users: readonly User[],
  { Limit = MAX_PAGE_SIZE, PaginationToken, AttributesToGet }: Input,
) {
  const limit = Number(Limit);
  if (!(limit >= 1 && limit <= MAX_PAGE_SIZE)) {
    throw new AwsError('InvalidParameterException', `Limit is from 1 to ${MAX_PAGE_SIZE}, not ${Limit}`);
  }
  const wanted = Array.isArray(AttributesToGet) ? new Set(AttributesToGet) : undefined;
  const after = PaginationToken === undefined ? '' : cursorOf(String(PaginationToken));
  const rest = users
    .map((user) => ({ user, position: positionOf(user) }))
    .filter(({ position }) => position > after)
    .sort((a, b) => (a.position < b.position ? -1 : 1));
  const page = rest.slice(0, limit);
  const last = page.at(-1);
  return {
    Users: page.map(({ user }) => ({
      Username: user.Username,
      Attributes: user.Attributes.filter(({ Name }) => !wanted || wanted.has(Name)),
      UserCreateDate: user.UserCreateDate,
      UserLastModifiedDate: user.UserLastModifiedDate,
      Enabled: user.Enabled,
      UserStatus: user.UserStatus,
    })),
    ...(last && rest.length > limit && { PaginationToken: Buffer.from(last.position).toString('base64') }),
  };
}

/** A place in the order. It stays the same when users are created or deleted between two pages. */
function positionOf({ UserCreateDate, Username }: User): string {
  return `${UserCreateDate.toISOString()} ${Username}`;
}

function cursorOf(token: string): string {
  const position = Buffer.from(token, 'base64').toString();
  if (/^\d{4}-\d\d-\d\dT\S+ /.test(position)) return position;
  throw new AwsError('InvalidParameterException', 'Invalid pagination token.');
}

import type { User } from 'cognito-local/lib/services/userPoolService';
import type { Input } from '../../aws/api';
import { pageOf } from './pages';

/**
 * One page of a user pool's users as ListUsers answers it, ordered by creation.
 *
 * @param users all users that match the filter.
 * @throws AwsError InvalidParameterException for a bad limit or token.
 * @see https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_ListUsers.html
 */
export function userListPage(
  users: readonly User[],
  { Limit: limit, PaginationToken: token, AttributesToGet }: Input,
) {
  const wanted = Array.isArray(AttributesToGet) ? new Set(AttributesToGet) : undefined;
  const keyOf = ({ UserCreateDate, Username }: User) => `${UserCreateDate.toISOString()} ${Username}`;
  const { items, nextToken } = pageOf(users, keyOf, { limit, limitName: 'Limit', token });
  return {
    Users: items.map((user) => {
      const described = userDescription(user);
      return { ...described, Attributes: user.Attributes.filter(({ Name }) => !wanted || wanted.has(Name)) };
    }),
    ...(nextToken !== undefined && { PaginationToken: nextToken }),
  };
}

/** A user in a list. */
export function userDescription(user: User) {
  const { Username, Attributes, UserCreateDate, UserLastModifiedDate, Enabled, UserStatus, MFAOptions } =
    user;
  return { Username, Attributes, UserCreateDate, UserLastModifiedDate, Enabled, UserStatus, MFAOptions };
}

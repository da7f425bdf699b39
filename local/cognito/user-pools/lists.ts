import type { CognitoService } from 'cognito-local/lib/services/cognitoService';
import type { Group } from 'cognito-local/lib/services/userPoolService';
import { AwsError, type Input, type Performers } from '../../aws/api';
import { context } from '../emulator/context';
import { pageOf } from './pages';
import { userDescription, userListPage } from './user-list';

/** The actions that answer lists, in pages. */
export function listPerformers(cognito: CognitoService): Performers {
  const poolOf = ({ UserPoolId }: Input) => cognito.getUserPool(context, String(UserPoolId));
  return {
    ListUsers: async (input) => {
      const userPool = await poolOf(input);
      return userListPage(await userPool.listUsers(context, input.Filter as string | undefined), input);
    },
    ListGroups: async (input) => groupPage(await (await poolOf(input)).listGroups(context), input),
    AdminListGroupsForUser: async (input) => {
      const userPool = await poolOf(input);
      const user = await userPool.getUserByUsername(context, String(input.Username));
      if (!user) throw new AwsError('UserNotFoundException', 'User does not exist.');
      const groups = await userPool.listGroups(context);
      return groupPage(
        groups.filter(({ members }) => members?.includes(user.Username)),
        input,
      );
    },
    ListUsersInGroup: async (input) => {
      const userPool = await poolOf(input);
      const group = await userPool.getGroupByGroupName(context, String(input.GroupName));
      if (!group) throw new AwsError('ResourceNotFoundException', 'Group not found.');
      const { items, ...next } = page(group.members ?? [], (name) => name, input, 'Limit', 'NextToken');
      const users = await Promise.all(items.map((name) => userPool.getUserByUsername(context, name)));
      return { Users: users.flatMap((user) => (user ? [userDescription(user)] : [])), ...next };
    },
    ListUserPools: async (input) => {
      const pools = await cognito.listUserPools(context);
      const { items, ...next } = page(pools, ({ Id }) => Id, input, 'MaxResults', 'NextToken');
      const UserPools = items.map(({ Id, Name, LambdaConfig, LastModifiedDate, CreationDate }) => {
        return { Id, Name, LambdaConfig, LastModifiedDate, CreationDate };
      });
      return { UserPools, ...next };
    },
    ListUserPoolClients: async (input) => {
      await poolOf(input);
      const clients = await cognito.listAppClients(context, String(input.UserPoolId));
      const { items, ...next } = page(clients, ({ ClientId }) => ClientId, input, 'MaxResults', 'NextToken');
      const UserPoolClients = items.map(({ ClientId, ClientName, UserPoolId }) => {
        return { ClientId, ClientName, UserPoolId };
      });
      return { UserPoolClients, ...next };
    },
  };
}

function groupPage(groups: readonly Group[], input: Input) {
  const { items, ...next } = page(groups, ({ GroupName }) => GroupName, input, 'Limit', 'NextToken');
  const Groups = items.map(({ members: _, ...group }) => ({ ...group, UserPoolId: input.UserPoolId }));
  return { Groups, ...next };
}

function page<Item>(
  items: readonly Item[],
  keyOf: (item: Item) => string,
  input: Input,
  limitName: string,
  tokenName: string,
) {
  const { nextToken, ...rest } = pageOf(items, keyOf, {
    limit: input[limitName],
    limitName,
    token: input[tokenName],
  });
  return { ...rest, ...(nextToken !== undefined && { [tokenName]: nextToken }) };
}

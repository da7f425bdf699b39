import { type AwsService, type Input, perform } from '../../aws/api';
import type { ConsoleContext } from '../shared/context';
import { userPoolIds } from '../shared/directory';
import { findUser, type UserResources } from './users';

/** What a page of users is about; both may be missing. */
interface Wanted {
  /** The `sub` or username of a user. */
  readonly user?: string;
  readonly userPoolId?: string;
}

/**
 * The user pool that a page is about, with its app client and the tables in which records may be.
 *
 * An app may name its outputs as it likes: without them, its first user pool and client serve, and all tables.
 *
 * @returns undefined if the app has no user pool.
 */
export async function findResources(
  { services, outputs }: ConsoleContext,
  wanted: Wanted,
): Promise<UserResources | undefined> {
  const { UserPoolId, UserPoolClientId, TableName } = outputs();
  const ids = await userPoolIds(services.cognito);
  const first = ids.find((id) => id === UserPoolId) ?? ids[0];
  if (first === undefined) return undefined;
  const tableNames = TableName ? [TableName] : await tablesOf(services.dynamodb);
  const resourcesOf = async (userPoolId: string) => ({
    userPoolId,
    userPoolIds: ids,
    userPoolClientId:
      userPoolId === UserPoolId && UserPoolClientId
        ? UserPoolClientId
        : await clientOf(services.cognito, userPoolId),
    tableNames,
  });
  if (wanted.user === undefined) return resourcesOf(ids.find((id) => id === wanted.userPoolId) ?? first);
  for (const id of ids) {
    const resources = await resourcesOf(id);
    if (await findUser(services, resources, wanted.user)) return resources;
  }
  return resourcesOf(first);
}

async function clientOf(cognito: AwsService, UserPoolId: string): Promise<string> {
  const input: Input = { UserPoolId, MaxResults: 1 };
  const { UserPoolClients } = await perform<{ UserPoolClients: { ClientId: string }[] }>(
    cognito,
    'ListUserPoolClients',
    input,
  );
  // Without one, Cognito says so to whoever signs up.
  return UserPoolClients[0]?.ClientId ?? '';
}

async function tablesOf(dynamodb: AwsService): Promise<string[]> {
  return (await perform<{ TableNames: string[] }>(dynamodb, 'ListTables', {})).TableNames;
}

import { type AwsService, type Input, perform } from '../../aws/api';
import type { ConsoleContext } from '../shared/context';
import { userPoolIds } from '../shared/directory';
import { recordTables } from './record-tables';
import { type UserResources, userIn } from './users';

/** What a page of users is about; both may be missing. */
interface Wanted {
  /** The `sub` or username of a user. */
  readonly user?: string;
  readonly userPoolId?: string;
}

/**
 * The user pool that a page is about, with its app client and the tables of the records.
 *
 * An app may name its outputs as it likes: without them, its first user pool and client serve. Without an
 * onboarding, anything about a user may be in any table.
 *
 * @returns undefined if the app has no user pool.
 */
export async function findResources(
  { services, outputs }: ConsoleContext,
  wanted: Wanted,
): Promise<UserResources | undefined> {
  const { UserPoolId, UserPoolClientId } = outputs();
  const ids = await userPoolIds(services.cognito);
  const first = ids.find((id) => id === UserPoolId) ?? ids[0];
  if (first === undefined) return undefined;
  const records = recordTables(services);
  const hasOnboarding = records.tableNames.length > 0;
  const tableNames = hasOnboarding ? records.tableNames : await tablesOf(services.dynamodb);
  const resourcesOf = async (userPoolId: string) => ({
    userPoolId,
    userPoolIds: ids,
    userPoolClientId:
      userPoolId === UserPoolId && UserPoolClientId
        ? UserPoolClientId
        : await clientOf(services.cognito, userPoolId),
    tableNames,
    eventPendingAttributes: records.eventPendingAttributes,
    hasOnboarding,
  });
  if (wanted.user === undefined) return resourcesOf(ids.find((id) => id === wanted.userPoolId) ?? first);
  for (const id of ids) {
    if (await userIn(services.cognito, id, wanted.user)) return resourcesOf(id);
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

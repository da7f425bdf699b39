import { type EventEmitter, on } from 'node:events';
import type { User } from 'cognito-local/lib/services/userPoolService';
import { AwsError, type AwsService, type Input, perform } from '../../aws/api';
import type { Execution } from '../../step-functions/state-machine';
import { userOf } from '../executions/execution-list';
import type { ConsoleServices } from '../shared/context';
import { numberedPage } from '../shared/numbered-page';

/** The services behind the user pages. */
type UserServices = Pick<ConsoleServices, 'changes' | 'cognito' | 'dynamodb' | 'faults' | 'stepFunctions'>;

/** The resources of the stack that the user pages need. */
export interface UserResources {
  readonly userPoolId: string;
  readonly userPoolClientId: string;
  readonly tableName: string;
}

/** A user of the user pool, with what onboarding gives them. */
export interface PoolUser {
  readonly username: string;
  readonly sub: string;
  readonly email?: string;
  readonly status: string;
  readonly groups: readonly string[];
  readonly hasRecord: boolean;
}

export interface UserPage {
  readonly users: readonly PoolUser[];
  readonly total: number;
  readonly page: number;
  readonly pages: number;
}

const PAGE_SIZE = 25;

/** One page of the users whose name, `sub` or e-mail address contains the text, newest first. */
export async function userPage(
  services: UserServices,
  resources: UserResources,
  { search, page }: { search: string; page: number },
): Promise<UserPage> {
  const wanted = search.toLowerCase();
  const all = (await services.cognito.listUsers(resources.userPoolId)).filter((user) => {
    const { sub = '', email = '' } = attributesOf(user);
    return `${user.Username}\n${sub}\n${email}`.toLowerCase().includes(wanted);
  });
  const newestFirst = all.toSorted((a, b) => b.UserCreateDate.getTime() - a.UserCreateDate.getTime());
  const { items, page: shown, pages } = numberedPage(newestFirst, page, PAGE_SIZE);
  const users = await complete(services, resources, items);
  return { users, total: all.length, page: shown, pages };
}

async function complete(
  { cognito, dynamodb }: UserServices,
  { userPoolId, tableName }: UserResources,
  users: readonly User[],
): Promise<PoolUser[]> {
  const withRecord = await namesWithRecord(
    dynamodb,
    tableName,
    users.map(({ Username }) => Username),
  );
  return Promise.all(
    users.map(async (user) => {
      const input = { UserPoolId: userPoolId, Username: user.Username };
      const { Groups = [] } = await perform<{ Groups?: { GroupName: string }[] }>(
        cognito,
        'AdminListGroupsForUser',
        input,
      );
      return {
        username: user.Username,
        sub: subOf(user),
        email: attributesOf(user).email,
        status: user.UserStatus,
        groups: Groups.map(({ GroupName }) => GroupName),
        hasRecord: withRecord.has(user.Username),
      };
    }),
  );
}

/** Scans, because an adopter's table may have any keys; every record has the username. */
async function namesWithRecord(
  dynamodb: AwsService,
  TableName: string,
  usernames: readonly string[],
): Promise<Set<string>> {
  const found = new Set<string>();
  if (usernames.length === 0) return found;
  const names = usernames.map((username, i) => [`:name${i}`, { S: username }]);
  const scan = {
    TableName,
    FilterExpression: `username IN (${names.map(([name]) => name).join(', ')})`,
    ExpressionAttributeValues: Object.fromEntries(names),
    ProjectionExpression: 'username',
  };
  let ExclusiveStartKey: unknown;
  do {
    const page: ScanPage = await perform(dynamodb, 'Scan', {
      ...scan,
      ...(ExclusiveStartKey !== undefined && { ExclusiveStartKey }),
    });
    for (const { username } of page.Items) found.add(username.S);
    ExclusiveStartKey = page.LastEvaluatedKey;
  } while (ExclusiveStartKey !== undefined && found.size < usernames.length);
  return found;
}

interface ScanPage {
  readonly Items: readonly { readonly username: { readonly S: string } }[];
  readonly LastEvaluatedKey?: unknown;
}

/** The form that signs up a user. */
export interface SignUp {
  readonly email: string;
  readonly password: string;
  readonly address: string;
}

/**
 * Signs a user up and confirms them with the code from their mail, as they would do it themselves.
 *
 * Returns as soon as their execution has started.
 *
 * @returns their `sub`, and their execution unless the confirmation ended without one.
 * @throws AwsError that Cognito answers.
 */
export async function signUpAndConfirm(
  services: UserServices,
  { userPoolClientId: ClientId }: UserResources,
  { email, password, address }: SignUp,
): Promise<{ sub: string; execution?: Execution }> {
  const { cognito, changes, faults } = services;
  const call = async <T>(action: string, input: Input): Promise<T> => {
    await faults.apply(`cognito-idp:${action}`);
    return perform<T>(cognito, action, { ClientId, Username: email, ...input });
  };
  const UserAttributes = address ? [{ Name: 'address', Value: address }] : [];
  const { UserSub: sub } = await call<{ UserSub: string }>('SignUp', { Password: password, UserAttributes });
  const message = cognito.messages.find(({ to }) => to.toLowerCase() === email.toLowerCase());
  if (!message) throw new AwsError('CodeDeliveryFailureException', `no code was sent to ${email}`);
  const firstExecution = () => services.stepFunctions.executions.findLast((one) => userOf(one)?.sub === sub);
  const watch = new AbortController();
  const started = whenever(changes, firstExecution, watch.signal);
  const confirmed = call('ConfirmSignUp', { ConfirmationCode: message.code });
  try {
    await Promise.race([confirmed, started]);
  } finally {
    watch.abort();
    // Nobody waits for the slower promise; the execution's page shows how the confirmation ends.
    for (const promise of [confirmed, started]) promise.catch(() => {});
  }
  return { sub, execution: firstExecution() };
}

/**
 * Waits for a change after which `look` finds something.
 *
 * @throws AbortError when the signal is aborted.
 */
async function whenever(changes: EventEmitter, look: () => unknown, signal: AbortSignal): Promise<void> {
  for await (const _ of on(changes, 'change', { signal })) if (look()) return;
}

function attributesOf({ Attributes }: User): Record<string, string | undefined> {
  return Object.fromEntries(Attributes.map(({ Name, Value }) => [Name, Value]));
}

function subOf(user: User): string {
  return attributesOf(user).sub ?? user.Username;
}

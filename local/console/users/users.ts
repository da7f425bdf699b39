import type { User } from 'cognito-local/lib/services/userPoolService';
import { AwsError, perform } from '../../aws/api';
import type { ConsoleServices } from '../shared/context';
import { numberedPage } from '../shared/numbered-page';
import { type Item, itemsOf } from './records';

/** The services behind the user pages. */
export type UserServices = Pick<
  ConsoleServices,
  'changes' | 'cognito' | 'dynamodb' | 'faults' | 'sqs' | 'stepFunctions'
>;

/** The resources of the stack that the user pages need. */
export interface UserResources {
  readonly userPoolId: string;
  readonly userPoolClientId: string;
  /** All user pools of the app. */
  readonly userPoolIds: readonly string[];
  /** The tables of the onboardings' records; without an onboarding, all tables of the app. */
  readonly tableNames: readonly string[];
  /** The attributes that mark a record whose event is still to be published. */
  readonly eventPendingAttributes: readonly string[];
  /** Whether an item in the tables says that its user is onboarded. */
  readonly hasOnboarding: boolean;
}

/** A user of the user pool, with what onboarding gives them. */
export interface PoolUser {
  readonly username: string;
  readonly sub: string;
  readonly email?: string;
  readonly status: string;
  readonly enabled: boolean;
  /** In ms since 1970. */
  readonly createdAt: number;
  readonly attributes: Readonly<Record<string, string | undefined>>;
  readonly groups: readonly string[];
  readonly items: readonly Item[];
  /** Whether a record of theirs is marked: its event is still to be published. */
  readonly isEventPending: boolean;
}

export interface UserList {
  readonly users: readonly PoolUser[];
  readonly total: number;
  readonly page: number;
  readonly pages: number;
}

const PAGE_SIZE = 25;

/** One page of the users whose name, `sub` or e-mail address contains the text, newest first. */
export async function userList(
  services: UserServices,
  resources: UserResources,
  { search, page }: { search: string; page: number },
): Promise<UserList> {
  const wanted = search.toLowerCase();
  const all = (await services.cognito.listUsers(resources.userPoolId)).filter((user) => {
    const { sub = '', email = '' } = attributesOf(user);
    return `${user.Username}\n${sub}\n${email}`.toLowerCase().includes(wanted);
  });
  const newestFirst = all.toSorted((a, b) => b.UserCreateDate.getTime() - a.UserCreateDate.getTime());
  const { items, page: shown, pages } = numberedPage(newestFirst, page, PAGE_SIZE);
  const users = await completed(services, resources, items);
  return { users, total: all.length, page: shown, pages };
}

/** The user with this `sub` or username; undefined if there is none. */
export async function findUser(
  services: UserServices,
  resources: UserResources,
  id: string,
): Promise<PoolUser | undefined> {
  const user = await userIn(services.cognito, resources.userPoolId, id);
  return user && (await completed(services, resources, [user]))[0];
}

/** The user with this `sub` or username, as Cognito has them. */
export async function userIn(
  cognito: UserServices['cognito'],
  userPoolId: string,
  id: string,
): Promise<User | undefined> {
  const all = await cognito.listUsers(userPoolId);
  return all.find((one) => attributesOf(one).sub === id) ?? all.find(({ Username }) => Username === id);
}

/** Whether a user is onboarded: the record comes last, and after it only the event. */
export function isOnboarded({ items, isEventPending }: PoolUser): boolean {
  return items.length > 0 && !isEventPending;
}

/** The users with their groups and items, without those who are deleted meanwhile. */
async function completed(
  { cognito, dynamodb }: UserServices,
  { userPoolId, tableNames, eventPendingAttributes }: UserResources,
  users: readonly User[],
): Promise<PoolUser[]> {
  const named = users.map((user) => ({ sub: subOf(user), username: user.Username }));
  const items = await itemsOf(dynamodb, tableNames, named);
  const complete = await Promise.all(
    users.map(async (user) => {
      const groups = await groupsOf(cognito, userPoolId, user.Username);
      if (!groups) return [];
      const attributes = attributesOf(user);
      const own = items.get(subOf(user)) ?? [];
      const completeUser = {
        username: user.Username,
        sub: subOf(user),
        email: attributes.email,
        status: user.UserStatus,
        enabled: user.Enabled,
        createdAt: user.UserCreateDate.getTime(),
        attributes,
        groups,
        items: own,
        isEventPending: own.some((item) => eventPendingAttributes.some((name) => name in item)),
      };
      return [completeUser];
    }),
  );
  return complete.flat();
}

/** @returns undefined for a user who is not there any more. */
async function groupsOf(
  cognito: UserServices['cognito'],
  UserPoolId: string,
  Username: string,
): Promise<string[] | undefined> {
  const action = 'AdminListGroupsForUser';
  try {
    const { Groups = [] } = await perform<{ Groups?: { GroupName: string }[] }>(cognito, action, {
      UserPoolId,
      Username,
    });
    return Groups.map(({ GroupName }) => GroupName);
  } catch (error) {
    if (error instanceof AwsError && error.code === 'UserNotFoundException') return undefined;
    throw error;
  }
}

function attributesOf({ Attributes }: User): Record<string, string | undefined> {
  return Object.fromEntries(Attributes.map(({ Name, Value }) => [Name, Value]));
}

function subOf(user: User): string {
  return attributesOf(user).sub ?? user.Username;
}

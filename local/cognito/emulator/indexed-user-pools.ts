import type { Clock } from 'cognito-local/lib/services/clock';
import type { Context } from 'cognito-local/lib/services/context';
import {
  attributesIncludeMatch,
  type Group,
  type User,
  type UserPoolServiceFactory,
  UserPoolServiceImpl,
} from 'cognito-local/lib/services/userPoolService';
import { inMemoryDataStores } from './store';

/** Creates user pools in memory. They find a user by any of the user's names without a search. */
export function indexedUserPools(clock: Clock): UserPoolServiceFactory {
  return {
    create: async (ctx, clients, options) => {
      const store = await inMemoryDataStores.create(ctx, options.Id, { Users: {}, Options: options });
      return new IndexedUserPool(clients, clock, store, options);
    },
  };
}

/** The emulator would search all users, and would always distinguish upper and lower case. */
class IndexedUserPool extends UserPoolServiceImpl {
  private readonly usernames = new Map<string, string>();
  private readonly namesOfUsers = new Map<string, readonly string[]>();

  override async getUserByUsername(ctx: Context, name: string): Promise<User | null> {
    const username = this.usernames.get(this.folded(String(name)));
    return username === undefined ? null : super.getUserByUsername(ctx, username);
  }

  override async saveUser(ctx: Context, user: User): Promise<void> {
    await super.saveUser(ctx, user);
    this.forgetNamesOf(user);
    const names = this.namesOf(user).filter((name) => !this.usernames.has(name));
    for (const name of names) this.usernames.set(name, user.Username);
    this.namesOfUsers.set(user.Username, names);
  }

  override async deleteUser(ctx: Context, user: User): Promise<void> {
    await super.deleteUser(ctx, user);
    this.forgetNamesOf(user);
  }

  /** The emulator would copy all members to add one. This pool owns the list, so it can change it. */
  override async addUserToGroup(ctx: Context, group: Group, { Username }: User): Promise<void> {
    const members = (group.members ?? []) as string[];
    if (members.includes(Username)) return;
    members.push(Username);
    await this.saveGroup(ctx, { ...group, LastModifiedDate: new Date(), members });
  }

  private forgetNamesOf({ Username }: User): void {
    for (const name of this.namesOfUsers.get(Username) ?? []) this.usernames.delete(name);
    this.namesOfUsers.delete(Username);
  }

  private namesOf(user: User): string[] {
    const { UsernameAttributes = [], AliasAttributes = [] } = this.options;
    const naming = new Set([
      'sub',
      ...UsernameAttributes,
      ...AliasAttributes.filter((it) => isActive(it, user)),
    ]);
    const values = user.Attributes.filter(({ Name }) => naming.has(Name)).map(({ Value }) => Value ?? '');
    return [...new Set([user.Username, ...values].map((name) => this.folded(name)))];
  }

  /** A user pool ignores case only if its settings say so. */
  private folded(name: string): string {
    return this.options.UsernameConfiguration?.CaseSensitive === false ? name.toLowerCase() : name;
  }
}

/**
 * Whether a user can sign in by the value of an alias attribute. An address has to be verified before.
 *
 * @see https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-settings-attributes.html#user-pool-settings-aliases-settings
 */
function isActive(alias: string, { Attributes }: User): boolean {
  return alias === 'preferred_username' || attributesIncludeMatch(`${alias}_verified`, 'true', Attributes);
}

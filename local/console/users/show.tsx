import type { Context } from 'hono';
import { type ConsoleContext, Message } from '../shared/context';
import { aboutUser } from './about-user';
import type { Refused } from './user-forms';
import { UserPage } from './user-page';
import { type UserResources, userList } from './users';
import { UsersPage } from './users-page';

/** Answers a request about users. */
export type Answer = (c: Context, context: ConsoleContext, resources: UserResources) => Promise<Response>;

/** Shows the users of the pool, and why a user was not made. */
export async function showUsers(
  c: Context,
  { services, render }: ConsoleContext,
  resources: UserResources,
  refused?: Refused,
) {
  const search = (c.req.query('search') ?? '').trim();
  const list = await userList(services, resources, { search, page: Number(c.req.query('page')) });
  const content = <UsersPage list={list} search={search} refused={refused} {...resources} />;
  return render(c, { title: 'Users', section: 'Users', content, status: refused ? 400 : 200 });
}

/** Shows everything about one user, and why something was not done. */
export async function showUser(
  c: Context,
  { services, render }: ConsoleContext,
  resources: UserResources,
  error?: string,
) {
  const id = c.req.param('id') ?? '';
  const about = await aboutUser(services, resources, id);
  if (!about) {
    const content = <Message title="Not found" text={`There is no user ${id}.`} />;
    return render(c, { title: 'Not found', section: 'Users', content, status: 404 });
  }
  const content = <UserPage about={about} resources={resources} error={error} now={Date.now()} />;
  const title = about.user?.email ?? about.sub;
  return render(c, { title, section: 'Users', content, status: error ? 400 : 200 });
}

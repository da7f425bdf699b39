import type { Context, Hono } from 'hono';
import { type ConsoleContext, Message } from '../shared/context';
import { confirmUser, makeUser, removeUser, signInFederated } from './actions';
import { findResources } from './resources';
import { type Answer, showUser, showUsers } from './show';

/**
 * - `GET /users`: the users of the pool; `GET /users/<sub or username>`: everything about one of them.
 * - `POST /users`, `/users/federated`: make a user.
 * - `POST /users/<sub>/confirm`, `/users/<sub>/delete`.
 */
export function addUserRoutes(app: Hono, context: ConsoleContext): void {
  const answer = (act: Answer) => (c: Context) => withResources(c, context, act);
  app.get(
    '/users',
    answer((c, all, resources) => showUsers(c, all, resources)),
  );
  app.post('/users', answer(makeUser));
  app.post('/users/federated', answer(signInFederated));
  app.get(
    '/users/:id',
    answer((c, all, resources) => showUser(c, all, resources)),
  );
  app.post('/users/:id/confirm', answer(confirmUser));
  app.post('/users/:id/delete', answer(removeUser));
}

async function withResources(c: Context, context: ConsoleContext, act: Answer): Promise<Response> {
  const resources = await findResources(context, {
    user: c.req.param('id'),
    userPoolId: c.req.query('pool'),
  });
  if (resources) return act(c, context, resources);
  const content = <Message title="Users" text="This app has no user pool." />;
  return context.render(c, { title: 'Users', section: 'Users', content });
}

import type { Context, Hono } from 'hono';
import { type ConsoleContext, Message } from '../shared/context';
import { confirmUser, makeUser, removeUser, signInFederated } from './actions';
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
  const { UserPoolId, UserPoolClientId, TableName } = context.outputs();
  if (UserPoolId && UserPoolClientId && TableName) {
    const resources = { userPoolId: UserPoolId, userPoolClientId: UserPoolClientId, tableName: TableName };
    return act(c, context, resources);
  }
  const text =
    'This page needs the outputs UserPoolId, UserPoolClientId and TableName: the stack lacks some of them.';
  const content = <Message title="Users" text={text} />;
  return context.render(c, { title: 'Users', section: 'Users', content });
}

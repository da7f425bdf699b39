import type { Context, Hono } from 'hono';
import * as v from 'valibot';
import { AwsError } from '../../aws/api';
import { parse } from '../../aws/parse-body';
import { executionsOfUserHref } from '../executions/executions-page';
import { hrefOf } from '../executions/story';
import { type ConsoleContext, Message } from '../shared/context';
import { userHref } from '../shared/user';
import { aboutUser } from './about-user';
import { confirm, createAsAdministrator, deleteUser, type SignUp, signUp } from './sign-up';
import type { Refused } from './user-forms';
import { UserPage } from './user-page';
import { findUser, type UserResources, userList } from './users';
import { UsersPage } from './users-page';

const SignUpSchema = v.object({
  email: v.pipe(v.string(), v.trim(), v.nonEmpty('an e-mail address is needed')),
  password: v.pipe(v.string(), v.nonEmpty('a password is needed')),
  address: v.optional(v.string(), ''),
  how: v.optional(v.picklist(['sign-up', 'administrator'])),
});

const FederatedSchema = v.object({
  provider: v.pipe(v.string(), v.regex(/^[\w-]{1,32}$/, 'letters, digits, _ and - are allowed')),
  email: v.pipe(v.string(), v.trim(), v.nonEmpty('an e-mail address is needed')),
});

type Answer = (c: Context, context: ConsoleContext, resources: UserResources) => Promise<Response>;

/**
 * - `GET /users`: the users of the pool; `GET /users/<sub or username>`: everything about one of them.
 * - `POST /users`, `/users/federated`: make a user.
 * - `POST /users/<sub>/confirm`, `/users/<sub>/delete`.
 */
export function addUserRoutes(app: Hono, context: ConsoleContext): void {
  const answer = (act: Answer) => (c: Context) => withResources(c, context, act);
  app.get('/users', answer(showUsers));
  app.post('/users', answer(makeUser));
  app.post('/users/federated', answer(signInFederated));
  app.get('/users/:id', answer(showUser));
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

const makeUser: Answer = async (c, context, resources) => {
  const { services } = context;
  const form = await c.req.parseBody();
  try {
    const { how, ...filledIn } = parse(SignUpSchema, form, 'a sign-up');
    if (how === 'administrator')
      return c.redirect(userHref(await createAsAdministrator(services, resources, filledIn)), 303);
    const { email } = filledIn;
    const sub = await signUp(services, resources, filledIn);
    if (how === 'sign-up') return c.redirect(userHref(sub), 303);
    const execution = await confirm(services, resources, { sub, username: email, address: email });
    return c.redirect(execution ? hrefOf(execution) : executionsOfUserHref(sub), 303);
  } catch (error) {
    return showUsers(c, context, resources, { signUp: textsIn(form), reason: reasonOf(error) });
  }
};

const signInFederated: Answer = async (c, context, resources) => {
  try {
    const { provider, email } = parse(FederatedSchema, await c.req.parseBody(), 'a federated sign-in');
    const person = { userPoolId: resources.userPoolId, provider, attributes: { email } };
    return c.redirect(userHref(await context.services.cognito.signInFederated(person)), 303);
  } catch (error) {
    const signUpForm = { email: '', password: '', address: '' };
    return showUsers(c, context, resources, { signUp: signUpForm, reason: reasonOf(error) });
  }
};

const confirmUser: Answer = async (c, context, resources) => {
  const { services } = context;
  const user = await findUser(services, resources, c.req.param('id') ?? '');
  if (!user) return showUser(c, context, resources);
  try {
    const { sub, username, email = '', attributes } = user;
    const address = email || (attributes.phone_number ?? '');
    const execution = await confirm(services, resources, { sub, username, address });
    return c.redirect(execution ? hrefOf(execution) : userHref(sub), 303);
  } catch (error) {
    return showUser(c, context, resources, reasonOf(error));
  }
};

const removeUser: Answer = async (c, context, resources) => {
  const user = await findUser(context.services, resources, c.req.param('id') ?? '');
  if (!user) return showUser(c, context, resources);
  try {
    await deleteUser(context.services, resources, user.username);
    return c.redirect('/console/users', 303);
  } catch (error) {
    return showUser(c, context, resources, reasonOf(error));
  }
};

/** @throws the error itself, if it is none that a person can do something about. */
function reasonOf(error: unknown): string {
  if (error instanceof AwsError) return error.message;
  throw error;
}

function textsIn(form: Record<string, unknown>): SignUp {
  const [email = '', password = '', address = ''] = ['email', 'password', 'address'].map((name) =>
    String(form[name] ?? ''),
  );
  return { email, password, address };
}

async function showUsers(
  c: Context,
  { services, render }: ConsoleContext,
  resources: UserResources,
  refused?: Refused,
) {
  const search = (c.req.query('search') ?? '').trim();
  const list = await userList(services, resources, { search, page: Number(c.req.query('page')) });
  const content = <UsersPage list={list} search={search} refused={refused} />;
  return render(c, { title: 'Users', section: 'Users', content, status: refused ? 400 : 200 });
}

async function showUser(
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
  const { tableName } = resources;
  const content = <UserPage about={about} tableName={tableName} error={error} now={Date.now()} />;
  const title = about.user?.email ?? about.sub;
  return render(c, { title, section: 'Users', content, status: error ? 400 : 200 });
}

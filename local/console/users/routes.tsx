import type { Context, Hono } from 'hono';
import * as v from 'valibot';
import { AwsError } from '../../aws/api';
import { parse } from '../../aws/parse-body';
import { executionsOfUserHref } from '../executions/executions-page';
import { hrefOf } from '../executions/story';
import { type ConsoleContext, Message } from '../shared/context';
import { type SignUp, signUpAndConfirm, type UserResources, userPage } from './users';
import { UsersPage, type UsersPageProps } from './users-page';

const SignUpSchema = v.object({
  email: v.pipe(v.string(), v.trim(), v.nonEmpty('an e-mail address is needed')),
  password: v.pipe(v.string(), v.nonEmpty('a password is needed')),
  address: v.optional(v.string(), ''),
});

/** `GET /users`: the users of the pool; `POST /users` signs one up and confirms them. */
export function addUserRoutes(app: Hono, context: ConsoleContext): void {
  app.get('/users', (c) => withResources(c, context, (resources) => showUsers(c, context, resources)));
  app.post('/users', (c) => withResources(c, context, (resources) => signUp(c, context, resources)));
}

async function withResources(
  c: Context,
  { outputs, render }: ConsoleContext,
  answer: (resources: UserResources) => Promise<Response>,
): Promise<Response> {
  const resources = resourcesIn(outputs());
  if (resources) return answer(resources);
  const text =
    'This page needs the outputs UserPoolId, UserPoolClientId and TableName: the stack lacks some of them.';
  return render(c, { title: 'Users', section: 'Users', content: <Message title="Users" text={text} /> });
}

async function signUp(c: Context, context: ConsoleContext, resources: UserResources): Promise<Response> {
  const form = await c.req.parseBody();
  try {
    const filledIn = parse(SignUpSchema, form, 'a sign-up');
    const { sub, execution } = await signUpAndConfirm(context.services, resources, filledIn);
    return c.redirect(execution ? hrefOf(execution) : executionsOfUserHref(sub), 303);
  } catch (error) {
    if (!(error instanceof AwsError)) throw error;
    return showUsers(c, context, resources, { signUp: textsIn(form), reason: error.message });
  }
}

function resourcesIn({
  UserPoolId,
  UserPoolClientId,
  TableName,
}: ReturnType<ConsoleContext['outputs']>): UserResources | undefined {
  if (!UserPoolId || !UserPoolClientId || !TableName) return undefined;
  return { userPoolId: UserPoolId, userPoolClientId: UserPoolClientId, tableName: TableName };
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
  refused?: UsersPageProps['refused'],
) {
  const search = (c.req.query('search') ?? '').trim();
  const page = await userPage(services, resources, { search, page: Number(c.req.query('page')) });
  const content = <UsersPage page={page} search={search} refused={refused} />;
  return render(c, { title: 'Users', section: 'Users', content, status: refused ? 400 : 200 });
}

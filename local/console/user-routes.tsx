import type { Context, Hono } from 'hono';
import * as v from 'valibot';
import { AwsError } from '../aws-api';
import { parse } from '../parse';
import { type ConsoleContext, Message } from './context';
import { executionsOfUserHref } from './executions-page';
import { hrefOf } from './story';
import { type SignUp, signUpAndConfirm, type UserResources, userPage } from './users';
import { UsersPage, type UsersPageProps } from './users-page';

const SignUpSchema = v.object({
  email: v.pipe(v.string(), v.trim(), v.nonEmpty('an e-mail address is needed')),
  password: v.pipe(v.string(), v.nonEmpty('a password is needed')),
  address: v.optional(v.string(), ''),
});

/** `GET /users`: the user pool's; `POST /users` signs one up and confirms them. */
export function addUserRoutes(app: Hono, context: ConsoleContext): void {
  const resources = resourcesIn(context.outputs);
  if (!resources) {
    const text =
      'This page needs the outputs UserPoolId, UserPoolClientId and TableName, which the stack has not.';
    const content = <Message title="Users" text={text} />;
    app.get('/users', (c) => context.render(c, { title: 'Users', section: 'Users', content }));
    return;
  }
  app.get('/users', (c) => showUsers(c, context, resources));
  app.post('/users', async (c) => {
    const form = await c.req.parseBody();
    try {
      const signUp = parse(SignUpSchema, form, 'a sign-up');
      const { sub, execution } = await signUpAndConfirm(context.services, resources, signUp);
      return c.redirect(execution ? hrefOf(execution) : executionsOfUserHref(sub), 303);
    } catch (error) {
      if (!(error instanceof AwsError)) throw error;
      return showUsers(c, context, resources, { signUp: textsIn(form), reason: error.message });
    }
  });
}

function resourcesIn({
  UserPoolId,
  UserPoolClientId,
  TableName,
}: ConsoleContext['outputs']): UserResources | undefined {
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

import * as v from 'valibot';
import { parse } from '../../aws/parse-body';
import { executionsOfUserHref, hrefOf } from '../executions/links';
import { reasonOf } from '../shared/reason';
import { userHref, usersHref } from '../shared/user';
import { type Answer, showUser, showUsers } from './show';
import { confirm, createAsAdministrator, deleteUser, type SignUp, signUp } from './sign-up';
import { findUser } from './users';

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

/** Makes a user in one of three ways. */
export const makeUser: Answer = async (c, context, resources) => {
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

/** Makes the user that a first sign-in through an identity provider makes. */
export const signInFederated: Answer = async (c, context, resources) => {
  try {
    const { provider, email } = parse(FederatedSchema, await c.req.parseBody(), 'a federated sign-in');
    const person = { userPoolId: resources.userPoolId, provider, attributes: { email } };
    return c.redirect(userHref(await context.services.cognito.signInFederated(person)), 303);
  } catch (error) {
    const signUpForm = { email: '', password: '', address: '' };
    return showUsers(c, context, resources, { signUp: signUpForm, reason: reasonOf(error) });
  }
};

/** Confirms a user with the code from their mail. */
export const confirmUser: Answer = async (c, context, resources) => {
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

/** Deletes a user. */
export const removeUser: Answer = async (c, context, resources) => {
  const user = await findUser(context.services, resources, c.req.param('id') ?? '');
  if (!user) return showUser(c, context, resources);
  try {
    await deleteUser(context.services, resources, user.username);
    return c.redirect(usersHref(resources.userPoolId), 303);
  } catch (error) {
    return showUser(c, context, resources, reasonOf(error));
  }
};

function textsIn(form: Record<string, unknown>): SignUp {
  const [email = '', password = '', address = ''] = ['email', 'password', 'address'].map((name) =>
    String(form[name] ?? ''),
  );
  return { email, password, address };
}

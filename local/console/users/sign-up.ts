import { type EventEmitter, on } from 'node:events';
import { AwsError, type Input, perform } from '../../aws/api';
import type { Execution } from '../../step-functions/execution';
import { userOf } from '../executions/execution-list';
import type { UserResources, UserServices } from './users';

/** The form that makes a user. */
export interface SignUp {
  readonly email: string;
  readonly password: string;
  /** Empty for none. */
  readonly address: string;
}

interface CreatedUser {
  readonly Username: string;
  readonly Attributes: readonly { readonly Name: string; readonly Value: string }[];
}

/** Calls Cognito as a front end does: the faults apply. */
async function callCognito<T>({ cognito, faults }: UserServices, action: string, input: Input): Promise<T> {
  await faults.apply(`cognito-idp:${action}`);
  return perform<T>(cognito, action, input);
}

/**
 * Signs a user up, as they would do it themselves, and does not confirm them.
 *
 * @returns their `sub`.
 * @throws AwsError that Cognito answers.
 */
export async function signUp(
  services: UserServices,
  { userPoolClientId: ClientId }: UserResources,
  { email: Username, password: Password, address }: SignUp,
): Promise<string> {
  const input = { ClientId, Username, Password, UserAttributes: addressAttribute(address) };
  return (await callCognito<{ UserSub: string }>(services, 'SignUp', input)).UserSub;
}

/**
 * Confirms a user with the code from their mail, as they would do it themselves.
 *
 * Returns as soon as their execution has started.
 *
 * @param address where the code went.
 * @returns their execution, unless the confirmation ended without one.
 * @throws AwsError that Cognito answers, or CodeDeliveryFailureException if there is no code.
 */
export async function confirm(
  services: UserServices,
  { userPoolId, userPoolClientId: ClientId }: UserResources,
  { sub, username: Username, address }: { sub: string; username: string; address: string },
): Promise<Execution | undefined> {
  const { cognito, changes, stepFunctions } = services;
  const message = cognito.messages
    .list()
    .findLast(
      ({ purpose, to, ...one }) =>
        one.userPoolId === userPoolId &&
        to.toLowerCase() === address.toLowerCase() &&
        purpose !== 'AdminCreateUser',
    );
  if (!message) throw new AwsError('CodeDeliveryFailureException', `no code was sent to ${address}`);
  const before = new Set(stepFunctions.executions);
  const execution = () =>
    stepFunctions.executions.find((one) => !before.has(one) && userOf(one)?.sub === sub);
  const watch = new AbortController();
  const started = whenever(changes, execution, watch.signal);
  const input = { ClientId, Username, ConfirmationCode: message.code };
  const confirmed = callCognito(services, 'ConfirmSignUp', input);
  try {
    await Promise.race([confirmed, started]);
  } finally {
    watch.abort();
    // Nobody waits for the slower promise; the execution's page shows how the confirmation ends.
    for (const promise of [confirmed, started]) promise.catch(() => {});
  }
  return execution();
}

/**
 * Creates a user as an administrator does, with a verified address and a temporary password.
 *
 * @returns their `sub`.
 * @throws AwsError that Cognito answers.
 */
export async function createAsAdministrator(
  services: UserServices,
  { userPoolId: UserPoolId }: UserResources,
  { email, password: TemporaryPassword, address }: SignUp,
): Promise<string> {
  const UserAttributes = [
    { Name: 'email', Value: email },
    { Name: 'email_verified', Value: 'true' },
    ...addressAttribute(address),
  ];
  // By default, the invitation is a text message.
  const input = {
    UserPoolId,
    Username: email,
    TemporaryPassword,
    UserAttributes,
    DesiredDeliveryMediums: ['EMAIL'],
  };
  const { User } = await callCognito<{ User: CreatedUser }>(services, 'AdminCreateUser', input);
  return User.Attributes.find(({ Name }) => Name === 'sub')?.Value ?? User.Username;
}

/** @throws AwsError that Cognito answers. */
export async function deleteUser(
  services: UserServices,
  { userPoolId: UserPoolId }: UserResources,
  Username: string,
): Promise<void> {
  await callCognito(services, 'AdminDeleteUser', { UserPoolId, Username });
}

function addressAttribute(address: string) {
  return address ? [{ Name: 'address', Value: address }] : [];
}

/**
 * Waits for a change after which `look` finds something.
 *
 * @throws AbortError when the signal is aborted.
 */
async function whenever(changes: EventEmitter, look: () => unknown, signal: AbortSignal): Promise<void> {
  for await (const _ of on(changes, 'change', { signal })) if (look()) return;
}

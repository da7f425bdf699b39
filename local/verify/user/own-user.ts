import { createHmac, randomUUID } from 'node:crypto';
import {
  AdminConfirmSignUpCommand,
  AdminDeleteUserCommand,
  AdminListGroupsForUserCommand,
  AdminUpdateUserAttributesCommand,
  DescribeUserPoolClientCommand,
  DescribeUserPoolCommand,
  SignUpCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { type AttributeValue, GetItemCommand } from '@aws-sdk/client-dynamodb';
import { unlessMissing } from '../shared/in-words';
import { CheckError, type Verification } from '../shared/verification';
import { forgetUser } from './forget-user';
import { newPassword } from './password';
import { recordKey } from './record-key';

/** The attribute of a record whose event is still to be published. */
const EVENT_PENDING = 'eventPending';

/** A user whom the verification has signed up. */
export interface OwnUser {
  readonly username: string;
  readonly sub: string;
  readonly attributes: Readonly<Record<string, string>>;
  /** When they signed up, in ms since 1970. */
  readonly since: number;
  /** Whether Cognito may have called the trigger. */
  confirmed: boolean;
}

/** Signs a user up. Their mail goes to a mailbox of AWS that takes everything, so that nothing bounces. */
export async function signUp(verification: Verification): Promise<OwnUser> {
  const { clients, outputs, cleanup } = verification;
  const id = randomUUID();
  const attributes = { ...verification.attributes, email: `success+${id}@simulator.amazonses.com` };
  const { UserPool } = await clients.cognito.send(
    new DescribeUserPoolCommand({ UserPoolId: outputs.UserPoolId }),
  );
  const { UsernameAttributes = [], Policies } = UserPool ?? {};
  if (UsernameAttributes.length > 0 && !UsernameAttributes.includes('email'))
    throw new CheckError(
      'users of this pool sign in with a phone number: there is no number that takes every message',
    );
  const username = UsernameAttributes.includes('email') ? attributes.email : `verify-${id}`;
  const since = Date.now();
  const { UserSub: sub = '' } = await clients.cognito.send(
    new SignUpCommand({
      ...(await appClient(verification, username)),
      Username: username,
      Password: newPassword(Policies?.PasswordPolicy?.MinimumLength),
      UserAttributes: Object.entries(attributes).map(([Name, Value]) => ({ Name, Value })),
    }),
  );
  const known = { ...attributes, sub, email_verified: 'true' };
  const user: OwnUser = { username, sub, since, attributes: known, confirmed: false };
  cleanup.add(`the user ${sub} and their record`, () => forgetUser(verification, user));
  return user;
}

/** Verifies the address and confirms the user, as an administrator. Cognito calls the trigger meanwhile. */
export async function confirm({ clients, outputs }: Verification, own: OwnUser): Promise<void> {
  const user = { UserPoolId: outputs.UserPoolId, Username: own.username };
  // Cognito takes the one only together with the other.
  const UserAttributes = [
    { Name: 'email', Value: own.attributes.email },
    { Name: 'email_verified', Value: 'true' },
  ];
  await clients.cognito.send(new AdminUpdateUserAttributesCommand({ ...user, UserAttributes }));
  own.confirmed = true;
  await clients.cognito.send(new AdminConfirmSignUpCommand(user));
}

export async function groupsOf({ clients, outputs }: Verification, { username }: OwnUser): Promise<string[]> {
  const list = new AdminListGroupsForUserCommand({ UserPoolId: outputs.UserPoolId, Username: username });
  const { Groups = [] } = await clients.cognito.send(list);
  return Groups.map(({ GroupName = '' }) => GroupName);
}

export async function hasRecord(verification: Verification, user: OwnUser): Promise<boolean> {
  return (await recordOf(verification, user)) !== undefined;
}

/** Whether the retry function takes a user for onboarded. */
export async function isOnboarded(verification: Verification, user: OwnUser): Promise<boolean> {
  const record = await recordOf(verification, user);
  return record !== undefined && !(verification.outputs.EventBusName && EVENT_PENDING in record);
}

async function recordOf(
  { clients, outputs }: Verification,
  user: OwnUser,
): Promise<Record<string, AttributeValue> | undefined> {
  const Key = recordKey(outputs.RecordKey, user.attributes);
  const get = new GetItemCommand({ TableName: outputs.TableName, Key, ConsistentRead: true });
  return (await clients.dynamodb.send(get)).Item;
}

/** It is no error if the user is gone already. */
export async function deleteUser({ clients, outputs }: Verification, { username }: OwnUser): Promise<void> {
  const command = new AdminDeleteUserCommand({ UserPoolId: outputs.UserPoolId, Username: username });
  await unlessMissing(clients.cognito.send(command));
}

/** The app client to sign up with, and the proof of its secret if it has one. */
async function appClient({ clients, outputs, clientId }: Verification, username: string) {
  const ClientId = clientId ?? outputs.UserPoolClientId;
  if (!ClientId)
    throw new CheckError('the outputs have no UserPoolClientId: name an app client with --client-id');
  const describe = new DescribeUserPoolClientCommand({ UserPoolId: outputs.UserPoolId, ClientId });
  const found = await unlessMissing(clients.cognito.send(describe));
  if (!found) throw new CheckError(`the user pool ${outputs.UserPoolId} has no app client ${ClientId}`);
  const secret = found.UserPoolClient?.ClientSecret;
  const SecretHash = secret && createHmac('sha256', secret).update(`${username}${ClientId}`).digest('base64');
  return { ClientId, ...(SecretHash && { SecretHash }) };
}

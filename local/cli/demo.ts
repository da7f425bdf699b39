import { randomBytes, randomUUID } from 'node:crypto';
import {
  AdminGetUserCommand,
  AdminListGroupsForUserCommand,
  CognitoIdentityProviderClient,
  ConfirmSignUpCommand,
  InitiateAuthCommand,
  SignUpCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, ScanCommand } from '@aws-sdk/lib-dynamodb';
import { claimsOf } from '../aws/token-claims';
import type { HistoryEvent } from '../step-functions/execution-history';
import { step } from './progress';

interface GroupClaims {
  readonly 'cognito:groups'?: string[];
}

/** The demo user's execution, as the local cloud's own API returns it. */
export interface DemoExecution {
  readonly name: string;
  readonly executionArn: string;
  readonly status: string;
  readonly error?: string;
  readonly cause?: string;
  readonly startDate: string;
  /** Undefined while it runs. */
  readonly stopDate?: string;
  readonly events: HistoryEvent[];
}

/** What happened to the demo user, as the services' APIs tell it. */
export interface DemoResult {
  readonly email: string;
  readonly sub: string;
  readonly execution?: DemoExecution;
  readonly groups: string[];
  readonly item?: Record<string, unknown>;
  /** The claim `cognito:groups` of the user's ID token. */
  readonly tokenGroups: string[];
  /** Whether the user has an item, and is in the group and the token if the app has a group. */
  readonly onboarded: boolean;
}

const ADDRESS = {
  address_type: 'home',
  street_address: '1 Main Street',
  locality: 'Springfield',
  postal_code: '12345',
};

const OUTPUTS = ['UserPoolId', 'UserPoolClientId', 'TableName'] as const;

/** Without a `GroupName`, the user may be in any group or none. */
type DemoOutputs = Record<(typeof OUTPUTS)[number], string> & { readonly GroupName?: string };

/** What the demo needs and the app does not have; undefined if it has all. */
export function whyNoDemo(outputs: Record<string, string>, hasStateMachines: boolean): string | undefined {
  const missing = OUTPUTS.find((name) => !outputs[name]);
  if (missing !== undefined) return `the app has no output ${missing}, which the demo needs`;
  return hasStateMachines ? undefined : 'the app has no state machine that could onboard somebody';
}

/**
 * Signs a user up and confirms them through the AWS SDK, then reads what happened to them.
 *
 * @param outputs the app's outputs, with all that the demo needs.
 */
export async function signUpDemoUser(
  endpoint: string,
  region: string,
  outputs: Record<string, string>,
): Promise<DemoResult> {
  const config = {
    endpoint,
    region,
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  };
  const cognito = new CognitoIdentityProviderClient(config);
  const dynamodb = DynamoDBDocumentClient.from(new DynamoDBClient(config));
  const { UserPoolId, UserPoolClientId: ClientId, GroupName, TableName } = outputs as DemoOutputs;
  const email = `demo-${randomBytes(3).toString('hex')}@example.com`;
  const password = `Demo-${randomUUID()}`;

  const sub = await step(`sign up ${email}`, async () => {
    const UserAttributes = [{ Name: 'address', Value: JSON.stringify(ADDRESS) }];
    const { UserSub = '' } = await cognito.send(
      new SignUpCommand({ ClientId, Username: email, Password: password, UserAttributes }),
    );
    return UserSub;
  });
  const [message] = await get<{ code: string }[]>(
    `${endpoint}/_local/messages?to=${encodeURIComponent(email)}`,
  );
  await step('confirm with the code from the mail', () => {
    return cognito.send(
      new ConfirmSignUpCommand({ ClientId, Username: email, ConfirmationCode: message?.code }),
    );
  });

  const { Groups = [] } = await cognito.send(
    new AdminListGroupsForUserCommand({ UserPoolId, Username: email }),
  );
  const { Username } = await cognito.send(new AdminGetUserCommand({ UserPoolId, Username: email }));
  // A scan, because an adopter's table may have any keys; every record has the username.
  const { Items: [item] = [] } = await dynamodb.send(
    new ScanCommand({
      TableName,
      FilterExpression: 'username = :username',
      ExpressionAttributeValues: { ':username': Username },
    }),
  );
  const { AuthenticationResult } = await cognito.send(
    new InitiateAuthCommand({
      ClientId,
      AuthFlow: 'USER_PASSWORD_AUTH',
      AuthParameters: { USERNAME: email, PASSWORD: password },
    }),
  );
  const groups = Groups.flatMap((group) => group.GroupName ?? []);
  const { IdToken } = AuthenticationResult ?? {};
  const { 'cognito:groups': tokenGroups = [] } = IdToken ? claimsOf<GroupClaims>(IdToken) : {};
  const isMember = GroupName === undefined || (groups.includes(GroupName) && tokenGroups.includes(GroupName));
  const onboarded = isMember && item !== undefined;
  return { email, sub, execution: await findExecution(endpoint, sub), groups, item, tokenGroups, onboarded };
}

async function findExecution(endpoint: string, sub: string): Promise<DemoExecution | undefined> {
  const executions = await get<{ name: string }[]>(`${endpoint}/_local/executions`);
  const execution = executions.find(({ name }) => name.startsWith(sub));
  return (
    execution && get<DemoExecution>(`${endpoint}/_local/executions/${encodeURIComponent(execution.name)}`)
  );
}

async function get<T>(url: string): Promise<T> {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`GET ${url} answered ${response.status}: ${await response.text()}`);
  return (await response.json()) as T;
}

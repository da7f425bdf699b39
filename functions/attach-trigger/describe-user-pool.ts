import { json } from 'node:stream/consumers';
import {
  type CognitoIdentityProviderClient,
  DescribeUserPoolCommand,
  type UserPoolType,
} from '@aws-sdk/client-cognito-identity-provider';
import { READ_ONLY_FIELDS } from './user-pool-settings';

/** A user pool, and what the SDK's description leaves out. */
export interface DescribedUserPool {
  readonly userPool: UserPoolType;
  /** The settings, such as `Policies.PasswordPolicy.MinimumLength`, that Cognito sent and the SDK does not know. */
  readonly unknownFields: string[];
}

/** Reads a user pool as the SDK does, and compares it with what Cognito sent: the SDK drops what it does not know. */
export async function describeUserPool(
  cognito: CognitoIdentityProviderClient,
  UserPoolId: string,
): Promise<DescribedUserPool> {
  const command = new DescribeUserPoolCommand({ UserPoolId });
  const sent = keepBody(command);
  const { UserPool: userPool = {} } = await cognito.send(command);
  const settings = { ...sent()?.UserPool };
  for (const field of READ_ONLY_FIELDS) delete settings[field];
  return { userPool, unknownFields: unknownIn(settings, userPool) };
}

/** @returns what gives the body of the command's last answer, as JSON, once it has been sent. */
function keepBody(command: DescribeUserPoolCommand) {
  let body: { UserPool?: Record<string, unknown> } | undefined;
  command.middlewareStack.add(
    (next) => async (args) => {
      const result = await next(args);
      const response = result.response as { statusCode: number; body: unknown };
      if (response.statusCode !== 200) return result;
      body = (await json(response.body as NodeJS.ReadableStream)) as typeof body;
      // The stream has been read; the SDK takes bytes as well.
      response.body = new TextEncoder().encode(JSON.stringify(body));
      return result;
    },
    // Between the SDK's deserializer and the connection.
    { step: 'deserialize', priority: 'low', name: 'keepBody' },
  );
  return () => body;
}

/** The members of what was sent that are missing in what was understood; `null` says no more than nothing. */
function unknownIn(sent: unknown, understood: unknown, path: string[] = []): string[] {
  if (typeof sent !== 'object' || sent === null) return [];
  return Object.entries(sent).flatMap(([name, member]) => {
    if (member === null) return [];
    const counterpart = (understood as Record<string, unknown> | undefined)?.[name];
    const memberPath = [...path, name];
    return counterpart === undefined ? [memberPath.join('.')] : unknownIn(member, counterpart, memberPath);
  });
}

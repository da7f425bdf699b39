import { json } from 'node:stream/consumers';
import {
  type CognitoIdentityProviderClient,
  DescribeUserPoolCommand,
  type UserPoolType,
} from '@aws-sdk/client-cognito-identity-provider';
import { READ_ONLY_FIELDS } from './user-pool-settings';

/** A user pool, and the settings that the SDK's description leaves out. */
export interface DescribedUserPool {
  readonly userPool: UserPoolType;
  /**
   * The settings, such as `Policies.PasswordPolicy.MinimumLength`, that Cognito sent and the SDK does not
   * know.
   */
  readonly unknownFields: string[];
}

/**
 * Reads a user pool with the SDK, and compares it with Cognito's answer: the SDK drops settings that it does
 * not know.
 */
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

/**
 * @returns a function that gives the parsed body of the command's last answer, once the command has been
 * sent.
 */
function keepBody(command: DescribeUserPoolCommand) {
  let body: { UserPool?: Record<string, unknown> } | undefined;
  command.middlewareStack.add(
    (next) => async (args) => {
      const result = await next(args);
      const response = result.response as { statusCode: number; body: unknown };
      if (response.statusCode !== 200) return result;
      body = (await json(response.body as NodeJS.ReadableStream)) as typeof body;
      // The stream has been read, but the SDK accepts bytes as well.
      response.body = new TextEncoder().encode(JSON.stringify(body));
      return result;
    },
    // Between the SDK's deserializer and the connection.
    { step: 'deserialize', priority: 'low', name: 'keepBody' },
  );
  return () => body;
}

/**
 * The members that were sent but are missing in what the SDK understood; `null` means the same as no value.
 */
function unknownIn(sent: unknown, understood: unknown, path: string[] = []): string[] {
  if (typeof sent !== 'object' || sent === null) return [];
  return Object.entries(sent).flatMap(([name, member]) => {
    if (member === null) return [];
    const counterpart = (understood as Record<string, unknown> | undefined)?.[name];
    const memberPath = [...path, name];
    return counterpart === undefined ? [memberPath.join('.')] : unknownIn(member, counterpart, memberPath);
  });
}

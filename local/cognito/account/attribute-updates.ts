import {
  attribute,
  attributesAppend,
  attributeValue,
  type User,
  type UserPoolService,
  validatePermittedAttributeChanges,
} from 'cognito-local/lib/services/userPoolService';
import { AwsError, type Input, type Performers } from '../../aws/api';
import { context } from '../emulator/context';
import type { CodeDeliveryDetails } from '../messages/messages';
import type { CognitoParts } from '../tokens/parts';
import { subOf } from '../tokens/tokens';
import { aliasesAmong, claimAliases, newAddresses } from '../users/aliases';
import { assertAttributes, assertWritable, attributesIn } from '../users/checks';

const ADDRESSES = ['email', 'phone_number'] as const;

/** A change of attributes. */
interface Update {
  readonly userPool: UserPoolService;
  readonly user: User;
  /** Null for an administrator. */
  readonly clientId: string | null;
  readonly attributes: { Name: string; Value?: string }[];
  readonly clientMetadata: unknown;
}

/** The actions that change attributes. */
export function attributeUpdatePerformers(parts: CognitoParts): Performers {
  return {
    UpdateUserAttributes: async (input) => {
      const { app, user } = await parts.tokens.authenticate(input.AccessToken);
      assertWritable(attributesIn(input), app.client);
      const update = updateOf(input, app.userPool, user, app.client.ClientId);
      return { CodeDeliveryDetailsList: await performUpdate(parts, update) };
    },
    AdminUpdateUserAttributes: async (input) => {
      const { userPool, user } = await parts.users.findIn(input);
      await performUpdate(parts, updateOf(input, userPool, user, null));
      return {};
    },
  };
}

function updateOf(input: Input, userPool: UserPoolService, user: User, clientId: string | null): Update {
  return { userPool, user, clientId, attributes: attributesIn(input), clientMetadata: input.ClientMetadata };
}

/**
 * A user pool can keep an address until the new one is verified. Otherwise the new address is not verified.
 *
 * @returns where codes went, for the addresses that the user has to verify.
 * @see https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-settings-email-phone-verification.html
 */
async function performUpdate(parts: CognitoParts, update: Update): Promise<CodeDeliveryDetails[]> {
  const { userPool, user, clientId, attributes } = update;
  const { options } = userPool;
  validatePermittedAttributeChanges(attributes, options.SchemaAttributes ?? []);
  assertAttributes(attributes, options);
  assertEmptied(attributes);
  const changed = newAddresses(user, attributes);
  const waiting = changed.filter((name) => clientId !== null && keepsUntilVerified(userPool, name));
  const immediate = attributes.filter(({ Name }) => !waiting.some((name) => name === Name));
  const unverified = changed
    .filter((name) => !waiting.includes(name) && attributeValue(`${name}_verified`, attributes) === undefined)
    .map((name) => attribute(`${name}_verified`, 'false'));
  const Attributes = attributesAppend(user.Attributes, ...immediate, ...unverified);
  const updated = { ...user, Attributes, UserLastModifiedDate: new Date(parts.now()) };
  await claimAliases(
    userPool,
    { ...user, Attributes: attributes },
    aliasesAmong(userPool, attributes),
    false,
  );
  await userPool.saveUser(context, updated);
  const toVerify = changed.filter((name) => options.AutoVerifiedAttributes?.includes(name));
  const mustVerify = toVerify.filter((name) => attributeValue(`${name}_verified`, attributes) !== 'true');
  const details: CodeDeliveryDetails[] = [];
  for (const name of mustVerify) details.push(await sendCode(parts, { ...update, user: updated }, name));
  return details;
}

function keepsUntilVerified({ options }: UserPoolService, name: string): boolean {
  const names = options.UserAttributeUpdateSettings?.AttributesRequireVerificationBeforeUpdate;
  return names?.some((other) => other === name) ?? false;
}

async function sendCode(
  { codes, messages }: CognitoParts,
  { userPool, user, clientId, attributes, clientMetadata }: Update,
  name: (typeof ADDRESSES)[number],
): Promise<CodeDeliveryDetails> {
  const to = attributeValue(name, attributes) ?? '';
  return messages.send({
    userPool,
    user,
    clientId,
    purpose: 'UpdateUserAttribute',
    code: codes.issue(subOf(user), name, { attribute: name, value: to }),
    attribute: name,
    to,
    clientMetadata,
  });
}

/** An empty value deletes an attribute, but nothing is left to verify then. */
function assertEmptied(attributes: Update['attributes']): void {
  const empty = ADDRESSES.find((name) => {
    return (
      attributeValue(name, attributes) === '' && attributeValue(`${name}_verified`, attributes) === 'true'
    );
  });
  if (!empty) return;
  throw new AwsError('InvalidParameterException', `${empty} is required to verify/un-verify it`);
}

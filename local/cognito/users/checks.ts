import type { UserPoolPolicyType } from '@aws-sdk/client-cognito-identity-provider';
import type { AppClient } from 'cognito-local/lib/services/appClient';
import type { UserPool } from 'cognito-local/lib/services/userPoolService';
import { AwsError, type Input, violation } from '../../aws/api';
import { assertPassword } from './password-policy';
import { assertAddresses } from './usernames';

interface Attribute {
  readonly Name: string;
  readonly Value?: string;
}

const MAX_ATTRIBUTE_LENGTH = 2048;

/** @see https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-settings-attributes.html */
const READ_ONLY_ATTRIBUTES = ['sub', 'email_verified', 'phone_number_verified', 'identities'];

/** Even administrators cannot set them. */
const ASSIGNED_ATTRIBUTES = ['sub', 'identities'];

/** Who calls SignUp. */
interface Caller {
  readonly pool: UserPool;
  readonly client: AppClient;
}

/**
 * Refuses a sign-up that the user pool does not permit, or that lacks required input.
 *
 * @throws AwsError NotAuthorizedException, InvalidParameterException, InvalidPasswordException
 */
export function assertSignUpAllowed(input: Input, { pool, client }: Caller): void {
  if (pool.AdminCreateUserConfig?.AllowAdminCreateUserOnly)
    throw new AwsError('NotAuthorizedException', 'SignUp is not permitted for this user pool');
  if (input.Password === undefined && !isPasswordless(pool))
    throw violation('InvalidParameterException', 'password', 'Member must not be null');
  if (input.Password !== undefined) assertPassword(String(input.Password), pool);
  assertWritable(attributesIn(input), client);
  assertAttributes(attributesIn(input), pool);
}

/**
 * Refuses attributes that users of an app may not write themselves.
 *
 * @throws AwsError NotAuthorizedException
 */
export function assertWritable(attributes: readonly Attribute[], { WriteAttributes }: AppClient): void {
  const isWritable = ({ Name }: Attribute) =>
    !READ_ONLY_ATTRIBUTES.includes(Name) && (WriteAttributes?.includes(Name) ?? true);
  if (attributes.every(isWritable)) return;
  throw new AwsError('NotAuthorizedException', 'A client attempted to write unauthorized attribute');
}

/**
 * Refuses values that do not fit the schema of the user pool.
 *
 * @throws AwsError InvalidParameterException
 */
export function assertAttributes(attributes: readonly Attribute[], { SchemaAttributes }: UserPool): void {
  const known = new Set(SchemaAttributes?.map(({ Name }) => Name));
  const unknown = attributes.filter(({ Name }) => !known.has(Name));
  if (unknown.length > 0) {
    const reasons = unknown.map(({ Name }) => `${Name}: Attribute does not exist in the schema.\n`);
    throw invalid(`Attributes did not conform to the schema: ${reasons.join('')}`);
  }
  const assigned = attributes.find(({ Name }) => ASSIGNED_ATTRIBUTES.includes(Name));
  if (assigned) throw invalid(`user.${assigned.Name}: Attribute cannot be set. Cognito assigns it`);
  const long = attributes.find(({ Value }) => [...String(Value)].length > MAX_ATTRIBUTE_LENGTH);
  if (long) throw invalid(`user.${long.Name}: String must be no longer than 2048 characters`);
  assertAddresses([...attributes]);
}

/**
 * Refuses a new user who lacks an attribute that the schema requires.
 *
 * @throws AwsError InvalidParameterException
 */
export function assertComplete(attributes: readonly Attribute[], pool: UserPool): void {
  const missing = missingAttributes(attributes, pool);
  if (missing.length === 0) return;
  const reasons = missing.map((name) => `${name}: The attribute is required\n`);
  throw invalid(`Attributes did not conform to the schema: ${reasons.join('')}`);
}

/** The names of the required attributes that are not among the given ones. */
export function missingAttributes(
  attributes: readonly Attribute[],
  { SchemaAttributes = [] }: UserPool,
): string[] {
  const given = new Set(attributes.map(({ Name }) => Name));
  return SchemaAttributes.filter(
    ({ Name = '', Required }) => Required && Name !== 'sub' && !given.has(Name),
  ).map(({ Name = '' }) => Name);
}

/** The attributes of an input. */
export function attributesIn({ UserAttributes }: Input): Attribute[] {
  return Array.isArray(UserAttributes) ? UserAttributes : [];
}

function isPasswordless({ Policies }: UserPool): boolean {
  const { SignInPolicy } = { ...Policies } as UserPoolPolicyType;
  return SignInPolicy?.AllowedFirstAuthFactors?.some((factor) => /_OTP$/.test(factor)) ?? false;
}

function invalid(message: string): AwsError {
  return new AwsError('InvalidParameterException', message);
}

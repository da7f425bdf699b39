import type { UserPoolPolicyType } from '@aws-sdk/client-cognito-identity-provider';
import type { UserPool } from 'cognito-local/lib/services/userPoolService';
import { AwsError, type Input, violation } from '../aws/api';

const MAX_ATTRIBUTE_LENGTH = 2048;
const MAX_USERNAME_LENGTH = 128;

/** @see https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-settings-attributes.html */
const READ_ONLY_ATTRIBUTES = ['sub', 'email_verified', 'phone_number_verified'];

/**
 * Refuses an input that Cognito refuses but the emulator accepts.
 *
 * @throws AwsError InvalidPasswordException, InvalidParameterException
 */
export function assertAcceptable({ Password, UserAttributes }: Input, { Policies }: UserPool): void {
  if (Password !== undefined) assertPassword(String(Password), Policies?.PasswordPolicy);
  for (const { Name, Value } of attributesIn(UserAttributes)) {
    if ([...String(Value)].length <= MAX_ATTRIBUTE_LENGTH) continue;
    throw new AwsError(
      'InvalidParameterException',
      `user.${Name}: String must be no longer than 2048 characters`,
    );
  }
}

/**
 * Refuses a sign-up that the user pool does not permit, or that lacks required input.
 *
 * @throws AwsError NotAuthorizedException, InvalidParameterException
 */
export function assertSignUpAllowed(input: Input, pool: UserPool): void {
  if (pool.AdminCreateUserConfig?.AllowAdminCreateUserOnly)
    throw new AwsError('NotAuthorizedException', 'SignUp is not permitted for this user pool');
  const { Username, Password, UserAttributes } = input;
  if (String(Username).length > MAX_USERNAME_LENGTH)
    throw violation(
      'InvalidParameterException',
      'username',
      `Member must have length less than or equal to ${MAX_USERNAME_LENGTH}`,
    );
  if (Password === undefined && !isPasswordless(pool))
    throw violation('InvalidParameterException', 'password', 'Member must not be null');
  assertWritable(input);
  const known = new Set(pool.SchemaAttributes?.map(({ Name }) => Name));
  const unknown = attributesIn(UserAttributes).filter(({ Name }) => !known.has(Name));
  if (unknown.length === 0) return;
  const reasons = unknown.map(({ Name }) => `${Name}: Attribute does not exist in the schema.\n`);
  throw new AwsError(
    'InvalidParameterException',
    `Attributes did not conform to the schema: ${reasons.join('')}`,
  );
}

/** @throws AwsError NotAuthorizedException for attributes that users themselves may not write. */
export function assertWritable({ UserAttributes }: Input): void {
  if (!attributesIn(UserAttributes).some(({ Name }) => READ_ONLY_ATTRIBUTES.includes(Name))) return;
  throw new AwsError('NotAuthorizedException', 'A client attempted to write unauthorized attribute');
}

function isPasswordless({ Policies }: UserPool): boolean {
  const { SignInPolicy } = { ...Policies } as UserPoolPolicyType;
  return SignInPolicy?.AllowedFirstAuthFactors?.some((factor) => /_OTP$/.test(factor)) ?? false;
}

function attributesIn(attributes: unknown): { Name: string; Value?: string }[] {
  return Array.isArray(attributes) ? attributes : [];
}

/** @see https://docs.aws.amazon.com/cognito/latest/developerguide/managing-users-passwords.html */
function assertPassword(
  password: string,
  policy: NonNullable<UserPool['Policies']>['PasswordPolicy'] = {},
): void {
  const rules: [boolean | undefined, RegExp, string][] = [
    [policy.RequireUppercase, /[A-Z]/, 'Password must have uppercase characters'],
    [policy.RequireLowercase, /[a-z]/, 'Password must have lowercase characters'],
    [policy.RequireNumbers, /[0-9]/, 'Password must have numeric characters'],
    [policy.RequireSymbols, /[\^$*.[\]{}()?"!@#%&/\\,><':;|_~`=+ -]/, 'Password must have symbol characters'],
  ];
  const broken = rules.find(([required, pattern]) => required && !pattern.test(password));
  const isShort = password.length < (policy.MinimumLength ?? 6);
  if (!broken && !isShort) return;
  const reason = isShort ? 'Password not long enough' : broken?.[2];
  throw new AwsError('InvalidPasswordException', `Password did not conform with policy: ${reason}`);
}

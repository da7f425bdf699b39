import type { UserPool } from 'cognito-local/lib/services/userPoolService';
import { AwsError, type Input } from './aws-api';

const MAX_ATTRIBUTE_LENGTH = 2048;

/**
 * Refuses what Cognito refuses and its emulator lets pass.
 *
 * @throws AwsError InvalidPasswordException, InvalidParameterException
 */
export function assertAcceptable({ Password, UserAttributes }: Input, { Policies }: UserPool): void {
  if (Password !== undefined) assertPassword(String(Password), Policies?.PasswordPolicy);
  if (!Array.isArray(UserAttributes)) return;
  for (const { Name, Value } of UserAttributes) {
    if ([...String(Value)].length <= MAX_ATTRIBUTE_LENGTH) continue;
    throw new AwsError(
      'InvalidParameterException',
      `user.${Name}: String must be no longer than 2048 characters`,
    );
  }
}

/** @throws AwsError NotAuthorizedException if only administrators may create users. */
export function assertSignUpAllowed({ AdminCreateUserConfig }: UserPool): void {
  if (!AdminCreateUserConfig?.AllowAdminCreateUserOnly) return;
  throw new AwsError('NotAuthorizedException', 'SignUp is not permitted for this user pool');
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

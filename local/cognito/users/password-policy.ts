import { randomInt } from 'node:crypto';
import type { UserPool } from 'cognito-local/lib/services/userPoolService';
import { AwsError } from '../../aws/api';

/** In days. */
const DEFAULT_VALIDITY = 7;

const TEMPORARY_LENGTH = 12;
const CHARACTERS = ['ABCDEFGHJKLMNPQRSTUVWXYZ', 'abcdefghijkmnopqrstuvwxyz', '23456789', '!@#%*-_+'];

/**
 * Refuses a password that breaks the policy of its user pool.
 *
 * @throws AwsError InvalidPasswordException
 * @see https://docs.aws.amazon.com/cognito/latest/developerguide/managing-users-passwords.html
 */
export function assertPassword(password: string, { Policies }: UserPool): void {
  const policy = Policies?.PasswordPolicy ?? {};
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

/** A random password that follows every policy. */
export function temporaryPassword({ Policies }: UserPool): string {
  const length = Math.max(TEMPORARY_LENGTH, Policies?.PasswordPolicy?.MinimumLength ?? 0);
  return Array.from({ length }, (_, i) => {
    const characters = CHARACTERS[i % CHARACTERS.length] ?? '';
    return characters.charAt(randomInt(characters.length));
  }).join('');
}

/** How long a temporary password can be used, in ms. */
export function temporaryPasswordValidity({ Policies }: UserPool): number {
  return (Policies?.PasswordPolicy?.TemporaryPasswordValidityDays ?? DEFAULT_VALIDITY) * 24 * 3_600_000;
}

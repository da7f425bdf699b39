import { randomBytes } from 'node:crypto';

/** A password with every kind of character, of at least this length. */
export function newPassword(minimumLength = 8): string {
  return `Aa1!${randomBytes(Math.max(24, minimumLength)).toString('base64url')}`;
}

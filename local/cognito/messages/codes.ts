import { randomInt } from 'node:crypto';
import { AwsError } from '../../aws/api';

/** What a code is for. The code for an attribute that a user verifies has the attribute's name. */
export type CodePurpose = 'ConfirmSignUp' | 'ForgotPassword' | 'SMS_MFA' | 'email' | 'phone_number';

/** What a code is about. */
interface CodeDetails {
  /** The attribute whose value is the address that got the code. */
  readonly attribute: string;
  /** The new value of this attribute, which it gets only with the code. */
  readonly value?: string;
}

interface Code extends CodeDetails {
  readonly code: string;
  /** In ms since 1970. */
  readonly expiresAt: number;
}

const HOUR = 3_600_000;

/** In ms: https://docs.aws.amazon.com/cognito/latest/developerguide/quotas.html */
const VALIDITY: Record<CodePurpose, number> = {
  ConfirmSignUp: 24 * HOUR,
  ForgotPassword: HOUR,
  SMS_MFA: HOUR / 20,
  email: 24 * HOUR,
  phone_number: 24 * HOUR,
};

/** The codes that were sent and not used yet: for each user and purpose the newest. */
export class Codes {
  private readonly codes = new Map<string, Code>();

  /** @param now the time, in ms since 1970. */
  constructor(private readonly now: () => number) {}

  /** @param sub the user's id, which no other user ever has. */
  issue(sub: string, purpose: CodePurpose, details: CodeDetails): string {
    const code = String(randomInt(1_000_000)).padStart(6, '0');
    this.codes.set(keyOf(sub, purpose), { ...details, code, expiresAt: this.now() + VALIDITY[purpose] });
    return code;
  }

  /**
   * Checks a code. It can be used until {@link forget} is called.
   *
   * @throws AwsError ExpiredCodeException, CodeMismatchException
   */
  check(sub: string, purpose: CodePurpose, code: unknown): CodeDetails {
    const known = this.codes.get(keyOf(sub, purpose));
    if (!known || known.expiresAt <= this.now())
      throw new AwsError('ExpiredCodeException', 'Invalid code provided, please request a code again.');
    if (known.code !== code) throw wrongCode();
    return known;
  }

  forget(sub: string, purpose: CodePurpose): void {
    this.codes.delete(keyOf(sub, purpose));
  }
}

/** The error for a code that was never sent. */
export function wrongCode(): AwsError {
  return new AwsError('CodeMismatchException', 'Invalid verification code provided, please try again.');
}

function keyOf(sub: string, purpose: CodePurpose): string {
  return `${purpose} ${sub}`;
}

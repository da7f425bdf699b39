import type { UserPool } from 'cognito-local/lib/services/userPoolService';

/** What a message is about, in Cognito's words; `CustomMessage_` before it makes the trigger source. */
export type MessagePurpose =
  | 'AdminCreateUser'
  | 'Authentication'
  | 'ForgotPassword'
  | 'ResendCode'
  | 'SignUp'
  | 'UpdateUserAttribute'
  | 'VerifyUserAttribute';

/** The texts of a message, with placeholders. Only one of the first two is sent. */
export interface Texts {
  readonly smsMessage: string;
  readonly emailMessage: string;
  readonly emailSubject: string;
}

/** The placeholders in the texts of a user pool, and in those that a trigger writes. */
export const CODE_PARAMETER = '{####}';
export const USERNAME_PARAMETER = '{username}';

const VERIFICATION = `Your verification code is ${CODE_PARAMETER}.`;
const INVITATION = `Your username is ${USERNAME_PARAMETER} and temporary password is ${CODE_PARAMETER}.`;

/** The texts that a user pool has for a purpose. */
export function textsOf(pool: UserPool, purpose: MessagePurpose): Texts {
  if (purpose === 'AdminCreateUser') {
    const { SMSMessage, EmailMessage, EmailSubject } =
      pool.AdminCreateUserConfig?.InviteMessageTemplate ?? {};
    return {
      smsMessage: SMSMessage ?? INVITATION,
      emailMessage: EmailMessage ?? INVITATION,
      emailSubject: EmailSubject ?? 'Your temporary password',
    };
  }
  const { SmsMessage, EmailMessage, EmailSubject } = pool.VerificationMessageTemplate ?? {};
  const smsMessage = SmsMessage ?? pool.SmsVerificationMessage ?? VERIFICATION;
  return {
    smsMessage:
      purpose === 'Authentication'
        ? (pool.SmsAuthenticationMessage ?? `Your authentication code is ${CODE_PARAMETER}.`)
        : smsMessage,
    emailMessage: EmailMessage ?? pool.EmailVerificationMessage ?? VERIFICATION,
    emailSubject: EmailSubject ?? pool.EmailVerificationSubject ?? 'Your verification code',
  };
}

/** A text with the code and the username in their places. */
export function filledIn(text: string, code: string, username: string): string {
  return text.replaceAll(CODE_PARAMETER, code).replaceAll(USERNAME_PARAMETER, username);
}

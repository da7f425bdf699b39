import type { Messages } from 'cognito-local/lib/services/messages';

/** A message that Cognito would have sent; `sentAt` is ISO 8601. */
export interface DeliveredMessage {
  readonly to: string;
  readonly code: string;
  /** The purpose in Cognito's words: `SignUp`, `ForgotPassword`, … */
  readonly purpose: string;
  readonly sentAt: string;
}

/** More than the number of users that the longest `npm run burst` signs up. */
const KEPT_MESSAGES = 10_000;

/** Delivers into a list, newest first. The list keeps only the newest messages. */
export function deliverInto(messages: DeliveredMessage[]): Messages['deliver'] {
  return async (...message) => {
    const [, purpose, _clientId, _userPoolId, _user, code, _metadata, { Destination: to }] = message;
    messages.unshift({ to, code, purpose, sentAt: new Date().toISOString() });
    messages.splice(KEPT_MESSAGES);
  };
}

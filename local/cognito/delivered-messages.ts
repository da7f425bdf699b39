import type { Messages } from 'cognito-local/lib/services/messages';

/** A message that Cognito would have sent; `sentAt` is ISO 8601. */
export interface DeliveredMessage {
  readonly to: string;
  readonly code: string;
  /** What it is for, in Cognito's words: `SignUp`, `ForgotPassword`, … */
  readonly purpose: string;
  readonly sentAt: string;
}

/** More than the longest `npm run burst` signs up at once. */
const KEPT_MESSAGES = 10_000;

/** Delivers into a list, of which only the newest messages are kept, newest first. */
export function deliverInto(messages: DeliveredMessage[]): Messages['deliver'] {
  return async (...message) => {
    const [, purpose, _clientId, _userPoolId, _user, code, _metadata, { Destination: to }] = message;
    messages.unshift({ to, code, purpose, sentAt: new Date().toISOString() });
    messages.splice(KEPT_MESSAGES);
  };
}

import type { Codes } from '../messages/codes';
import type { Messages } from '../messages/messages';
import type { Triggers } from '../triggers/triggers';
import type { CognitoUsers } from '../users/users';
import type { Tokens } from './tokens';

/** What the actions of users share. */
export interface CognitoParts {
  readonly users: CognitoUsers;
  readonly triggers: Triggers;
  readonly codes: Codes;
  readonly messages: Messages;
  readonly tokens: Tokens;
  /** The time, in ms since 1970. */
  readonly now: () => number;
}

import { attributeOf, type ConfirmedUser } from './confirmed-user';
import type { Placeholders } from './template';

/**
 * The values of a user's `sub` and Cognito attributes, as text that DynamoDB can hold. They throw an
 * AttributeUnknownError for an attribute that was not asked for.
 */
export function userPlaceholders(user: ConfirmedUser): Placeholders {
  return (name) => (name === 'sub' ? user.sub : attributeOf(user, name)?.toWellFormed());
}

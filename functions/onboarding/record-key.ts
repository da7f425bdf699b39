import type { ConfirmedUser } from './confirmed-user';
import { requiredEnvironmentVariable } from './environment';
import { InvalidInputError } from './parse';
import { userPlaceholders } from './placeholders';
import { expandTemplate, placeholdersIn } from './template';

/** The templates of the record's key by the names of the key's attributes, the partition key first. */
export type KeyTemplates = Readonly<Record<string, string>>;

/**
 * Reads the templates from `RECORD_KEY`.
 *
 * @throws Error if the variable is not set.
 */
export function keyTemplates(): KeyTemplates {
  return JSON.parse(requiredEnvironmentVariable('RECORD_KEY'));
}

/**
 * The key of a user's record, such as `{ PK: 'USER#<sub>', SK: 'USER#<sub>' }`.
 *
 * @throws InvalidInputError for a user who lacks an attribute of the key.
 */
export function recordKey(user: ConfirmedUser, templates: KeyTemplates): Record<string, string> {
  const placeholders = userPlaceholders(user);
  const attributeOf = ([name, template]: [string, string]) => {
    const value = expandTemplate(template, placeholders);
    if (value !== undefined) return [name, value];
    const missing = placeholdersIn(template).filter((placeholder) => placeholders(placeholder) === undefined);
    throw new InvalidInputError(
      `the user has no ${missing.join(', ')}, which the record's key ${name} is made of`,
    );
  };
  return Object.fromEntries(Object.entries(templates).map(attributeOf));
}

import type { ConfirmedUser } from './confirmed-user';
import { requiredEnvironmentVariable } from './environment';
import { InvalidInputError } from './parse';
import { userPlaceholders } from './placeholders';
import { maxKeyBytes } from './storable';
import { expandTemplate, type Placeholders, placeholdersIn } from './template';

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
 * @throws InvalidInputError for a user who lacks an attribute of the key, or for a key that is too long.
 */
export function recordKey(user: ConfirmedUser, templates: KeyTemplates): Record<string, string> {
  const placeholders = userPlaceholders(user);
  const attributes = Object.entries(templates).map(([name, template], index) => {
    const value = keyValue(name, template, placeholders);
    assertFits(name, value, maxKeyBytes(index));
    return [name, value];
  });
  return Object.fromEntries(attributes);
}

/** The values are text, so what is made of them is text, too. */
function keyValue(name: string, template: string, placeholders: Placeholders): string {
  const value = expandTemplate(template, placeholders);
  if (value !== undefined) return value as string;
  const missing = placeholdersIn(template).filter((placeholder) => placeholders(placeholder) === undefined);
  throw new InvalidInputError(
    `the user has no ${missing.join(', ')}, which the record's key ${name} is made of`,
  );
}

function assertFits(name: string, value: string, maxBytes: number): void {
  const bytes = Buffer.byteLength(value);
  if (bytes <= maxBytes) return;
  throw new InvalidInputError(
    `the record's key ${name} must have at most ${maxBytes} bytes, but has ${bytes} for this user`,
  );
}

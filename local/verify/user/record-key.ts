import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { CheckError } from '../shared/verification';

/**
 * The key of a user's record, in the form of DynamoDB.
 *
 * @param templates the output `RecordKey`: `<name>` is a placeholder, `<<` the character `<`.
 * @param values what the placeholders stand for.
 * @throws CheckError naming an attribute that the user needs for it.
 */
export function recordKey(
  templates: Readonly<Record<string, string>>,
  values: Readonly<Record<string, string>>,
): Record<string, AttributeValue> {
  const expand = (template: string) =>
    template.replace(/<<|<([^<>]+)>/g, (_, name?: string) => {
      if (name === undefined) return '<';
      const value = values[name];
      if (value === undefined)
        throw new CheckError(
          `the key of a record holds <${name}>: give the user one with --attribute ${name}=VALUE`,
        );
      return value;
    });
  return Object.fromEntries(
    Object.entries(templates).map(([name, template]) => [name, { S: expand(template) }]),
  );
}

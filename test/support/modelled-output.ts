import { NormalizedSchema } from '@smithy/core/schema';

/** The position of the output in an operation's description, and of the required members in a structure. */
const OUTPUT = 5;
const REQUIRED = 6;

/** Where an answer differs from the service's model: members that it does not have, and required ones that are missing. */
export function differencesFromModel(model: object, action: string, output: unknown): string[] {
  const operation = (model as Record<string, unknown[]>)[`${action}$`];
  if (!operation) throw new Error(`there is no operation ${action} in the model`);
  return differences(NormalizedSchema.of(operation[OUTPUT] as never), output, action);
}

function differences(schema: NormalizedSchema, value: unknown, where: string): string[] {
  if (schema.isListSchema())
    return (value as unknown[]).flatMap((item) => differences(schema.getValueSchema(), item, where));
  if (!schema.isStructSchema()) return [];
  const members = [...schema.structIterator()];
  const required = (schema.getSchema() as unknown as number[])[REQUIRED] ?? 0;
  const given = value as Record<string, unknown>;
  const unknown = Object.keys(given).filter((name) => !members.some(([member]) => member === name));
  const missing = members.slice(0, required).filter(([name]) => given[name] === undefined);
  return [
    ...unknown.map((name) => `${where}: ${name} is not in the model`),
    ...missing.map(([name]) => `${where}: ${name} is missing`),
    ...members.flatMap(([name, member]) =>
      given[name] === undefined ? [] : differences(member, given[name], `${where}.${name}`),
    ),
  ];
}

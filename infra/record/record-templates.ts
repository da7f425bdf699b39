import { inspect, isDeepStrictEqual } from 'node:util';
import { isCognitoAttribute } from '../../functions/onboarding/cognito-attributes';
import { stepFieldOf } from '../../functions/onboarding/step-field';
import { isStorable, maxKeyBytes } from '../../functions/onboarding/storable';
import { placeholdersIn, type Template } from '../../functions/onboarding/template';
import { literalBytes } from './literal-bytes';

/** Placeholders that are no Cognito attributes. */
const OWN_PLACEHOLDERS = ['sub', 'username', 'now', 'addresses', 'group'];

/** DynamoDB stores 32 levels; the value of a placeholder may have 26 of them. */
const MAX_LEVELS = 5;

/**
 * @throws Error for a key that DynamoDB refuses, or that would not find the record of exactly one user again.
 * @see https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Constraints.html
 */
export function assertKey(key: unknown): asserts key is Record<string, string> {
  assertMap('record.key', key);
  const names = Object.keys(key);
  if (names.length < 1 || names.length > 2) {
    throw new Error(`record.key must have a partition key and at most a sort key, got: ${inspect(key)}`);
  }
  for (const [index, [name, template]] of Object.entries(key).entries()) {
    assertKeyAttribute(name, template);
    assertKeyLength(name, template, maxKeyBytes(index));
  }
  if (placeholdersIn(key as Record<string, string>).includes('sub')) return;
  throw new Error(`record.key must hold <sub>, so that each user has their own record, got: ${inspect(key)}`);
}

/** Types do not keep out what comes from JSON or from JavaScript. */
function assertMap(what: string, value: unknown): asserts value is Readonly<Record<string, unknown>> {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return;
  throw new Error(`${what} must be an object with a template for each name, got: ${inspect(value)}`);
}

function assertKeyAttribute(name: string, template: unknown): asserts template is string {
  if (!name || Buffer.byteLength(name) > 255) {
    throw new Error(`the name of a key must have 1 to 255 bytes, got: "${name}"`);
  }
  if (typeof template !== 'string' || template === '') {
    throw new Error(`record.key.${name} must be a template that is not empty, got: ${inspect(template)}`);
  }
  for (const placeholder of namedIn(template, `record.key.${name}`)) {
    if (placeholder === 'sub' || isCognitoAttribute(placeholder)) continue;
    throw new Error(
      `record.key.${name} "${template}" must not hold <${placeholder}>: ${reasonAgainst(placeholder)}`,
    );
  }
}

/** DynamoDB would refuse the key of every user. */
function assertKeyLength(name: string, template: string, maxBytes: number): void {
  const bytes = literalBytes(template);
  if (bytes <= maxBytes) return;
  throw new Error(
    `record.key.${name} must have at most ${maxBytes} bytes, got: ${bytes} bytes without its placeholders`,
  );
}

function reasonAgainst(placeholder: string): string {
  if (placeholder === 'username') return 'somebody else may sign up with the same name later; use <sub>';
  return 'a key holds only <sub> and Cognito attributes, since the record must be found again by it';
}

/** What the templates of a record's attributes may name, and what they may not be called. */
interface RecordContext {
  readonly key: Readonly<Record<string, string>>;
  readonly steps: readonly string[];
}

/** @throws Error for attributes that DynamoDB cannot store, or templates that name something unknown. */
export function assertAttributes(
  attributes: unknown,
  { key, steps }: RecordContext,
): asserts attributes is Record<string, Template> {
  assertMap('record.attributes', attributes);
  const taken = Object.keys(key).find((name) => Object.hasOwn(attributes, name));
  if (taken) throw new Error(`record.attributes must not contain ${taken}: it is in record.key`);
  for (const [name, value] of Object.entries(attributes)) {
    assertStorable(name, value);
    for (const placeholder of namedIn(value, `record.attributes.${name}`)) {
      assertKnown(placeholder, steps, `record.attributes.${name} ${inspect(value)}`);
    }
  }
}

function assertStorable(name: string, value: unknown): asserts value is Template {
  // Otherwise the function's environment would contain another value, such as {} for a Set.
  const isJson = isDeepStrictEqual(value, JSON.parse(JSON.stringify(value) ?? 'null'));
  if (isJson && isStorable({ [name]: value }, MAX_LEVELS + 1)) return;
  throw new Error(
    `record.attributes must be JSON that DynamoDB can store: no empty names, numbers of up to ` +
      `${Number.MAX_SAFE_INTEGER}, and at most ${MAX_LEVELS} levels, got: ${inspect({ [name]: value })}`,
  );
}

function namedIn(value: Template, where: string): string[] {
  try {
    return placeholdersIn(value);
  } catch (error) {
    throw new Error(`${where}: ${(error as Error).message}`);
  }
}

function assertKnown(placeholder: string, steps: readonly string[], where: string): void {
  if (OWN_PLACEHOLDERS.includes(placeholder) || isCognitoAttribute(placeholder)) return;
  const step = stepFieldOf(placeholder)?.step;
  if (step && steps.includes(step)) return;
  const reason = step
    ? `there is no step ${step} in steps`
    : `a placeholder is a Cognito attribute, ${OWN_PLACEHOLDERS.join(', ')}, or Step.field`;
  throw new Error(`${where} names the unknown placeholder <${placeholder}>: ${reason}`);
}

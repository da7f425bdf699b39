import { Stack } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { isCognitoAttribute } from '../../functions/onboarding/cognito-attributes';
import { placeholdersIn, type Template } from '../../functions/onboarding/template';
import { assertAttributes, assertKey } from './record-templates';

/**
 * The record of a new user, in templates.
 *
 * A string, at any depth, is a template. `<name>` is one of these placeholders:
 *
 * - a Cognito attribute, such as `<email>` or `<custom:plan>`
 * - `<sub>`, `<username>`, `<group>`
 * - `<now>`: the time, in ISO 8601, UTC
 * - `<addresses>`: Cognito's `address`, keyed by its `address_type`
 * - `<Step.field>`, `<Step.outer.inner>`: a field of the result of one of the application's own steps
 *
 * `<<` is the character `<`. A string that is one placeholder takes its value and type. Where a placeholder
 * has no value, the attribute is left out.
 */
export interface UserRecord {
  /**
   * The attributes of the record's key, the partition key first. They are strings, and at least one holds
   * `<sub>`. Besides it they may hold Cognito attributes that never change.
   *
   * @default { PK: 'USER#<sub>', SK: 'USER#<sub>' }
   */
  readonly key?: Readonly<Record<string, string>>;
  /**
   * The other attributes of the record.
   *
   * @default { username: '<username>', addresses: '<addresses>', shopping_cart: {}, date_created: '<now>' }
   */
  readonly attributes?: Readonly<Record<string, unknown>>;
}

/** The record with its defaults filled in. */
export interface ResolvedRecord {
  readonly key: Readonly<Record<string, string>>;
  readonly attributes: Readonly<Record<string, Template>>;
}

const DEFAULT_RECORD: ResolvedRecord = {
  key: { PK: 'USER#<sub>', SK: 'USER#<sub>' },
  attributes: {
    username: '<username>',
    addresses: '<addresses>',
    shopping_cart: {},
    date_created: '<now>',
  },
};

/**
 * Fills in the defaults.
 *
 * @param steps the names of the application's own steps, whose results the attributes may name.
 * @throws Error naming the template and the placeholder that cannot be right, or an attribute that DynamoDB
 * refuses.
 */
export function resolveRecord(record: UserRecord, steps: readonly string[]): ResolvedRecord {
  const unknown = Object.keys(record).find((name) => !Object.hasOwn(DEFAULT_RECORD, name));
  if (unknown) throw new Error(`record has key and attributes, but no ${unknown}`);
  const { key = DEFAULT_RECORD.key, attributes = DEFAULT_RECORD.attributes } = record;
  assertKey(key);
  assertAttributes(attributes, { key, steps });
  return { key, attributes };
}

/** The Cognito attributes that the templates of a record name; `<addresses>` is made of `address`. */
export function attributesNamedBy({ key, attributes }: ResolvedRecord): string[] {
  return placeholdersIn([key, attributes])
    .map((placeholder) => (placeholder === 'addresses' ? 'address' : placeholder))
    .filter(isCognitoAttribute);
}

/** The environment from which `put-user-record` reads the templates. */
export function recordEnvironment(scope: Construct, { key, attributes }: ResolvedRecord) {
  return { ...keyEnvironment(key), RECORD_ATTRIBUTES: Stack.of(scope).toJsonString(attributes) };
}

/** The part of the environment that is needed to find a record. */
export function keyEnvironment(key: ResolvedRecord['key']) {
  return { RECORD_KEY: JSON.stringify(key) };
}

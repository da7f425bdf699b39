import { Stack } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { isCognitoAttribute } from '../../functions/onboarding/cognito-attributes';
import { placeholdersIn, type Template } from '../../functions/onboarding/template';
import { EVENT_PENDING } from './event-pending';
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
  /** Whether an event follows the record, which is marked until the event is published. */
  readonly publishesEvent: boolean;
}

/** What a record depends on besides its own templates. */
export interface RecordSurroundings {
  /** The names of the application's own steps, whose results the attributes may name. */
  readonly steps: readonly string[];
  readonly publishesEvent: boolean;
}

const DEFAULT_RECORD: Required<UserRecord> = {
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
 * @throws Error naming the template and the placeholder that cannot be right, an attribute that DynamoDB
 * refuses, or one that is the mark of an event to come.
 */
export function resolveRecord(
  record: UserRecord,
  { steps, publishesEvent }: RecordSurroundings,
): ResolvedRecord {
  const unknown = Object.keys(record).find((name) => !Object.hasOwn(DEFAULT_RECORD, name));
  if (unknown) throw new Error(`record has key and attributes, but no ${unknown}`);
  const { key = DEFAULT_RECORD.key, attributes = DEFAULT_RECORD.attributes } = record;
  assertKey(key);
  assertAttributes(attributes, { key, steps });
  if (publishesEvent) assertNoMark({ 'record.key': key, 'record.attributes': attributes });
  return { key, attributes, publishesEvent };
}

function assertNoMark(templates: Readonly<Record<string, object>>): void {
  const [where] = Object.entries(templates).find(([, names]) => Object.hasOwn(names, EVENT_PENDING)) ?? [];
  if (!where) return;
  throw new Error(
    `${where} must not contain ${EVENT_PENDING}: with an eventBus, this attribute marks a record whose event ` +
      'is still to be published. Choose another name',
  );
}

/** The Cognito attributes that the templates of a record name; `<addresses>` is made of `address`. */
export function attributesNamedBy({ key, attributes }: Omit<ResolvedRecord, 'publishesEvent'>): string[] {
  return placeholdersIn([key, attributes])
    .map((placeholder) => (placeholder === 'addresses' ? 'address' : placeholder))
    .filter(isCognitoAttribute);
}

/** The environment from which `put-user-record` reads the templates. */
export function recordEnvironment(scope: Construct, record: ResolvedRecord) {
  return {
    ...findingEnvironment(record),
    RECORD_ATTRIBUTES: Stack.of(scope).toJsonString(record.attributes),
  };
}

/** The part of the environment that is needed to find a record, and to know whether it is complete. */
export function findingEnvironment({ key, publishesEvent }: ResolvedRecord) {
  return {
    RECORD_KEY: JSON.stringify(key),
    ...(publishesEvent && { EVENT_PENDING_ATTRIBUTE: EVENT_PENDING }),
  };
}

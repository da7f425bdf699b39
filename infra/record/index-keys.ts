import { inspect } from 'node:util';
import { Lazy } from 'aws-cdk-lib';
import type { ITable } from 'aws-cdk-lib/aws-dynamodb';
import type { Construct } from 'constructs';
import { stepFieldOf } from '../../functions/onboarding/step-field';
import { MAX_KEY_BYTES } from '../../functions/onboarding/storable';
import { parseTemplate, type Template } from '../../functions/onboarding/template';
import type { IndexKey } from '../../functions/put-user-record/index-keys';
import { EVENT_PENDING } from './event-pending';
import { literalBytes } from './literal-bytes';
import { type KeyAttribute, tableSchemaOf } from './table-schema';
import type { ResolvedRecord } from './user-record';

/** An attribute of a record that is also in the key of an index. */
interface FilledKey extends KeyAttribute {
  readonly index: string;
  readonly template: Template;
}

/**
 * Makes synthesis fail if a record has a value of another type, or an empty string, for the key of an index:
 * DynamoDB would refuse every such record. Indexes can be added to the table until synthesis.
 */
export function refuseUnfitIndexKeys(scope: Construct, table: ITable, record: ResolvedRecord): void {
  scope.node.addValidation({
    validate: () => [...filledKeys(table, record).flatMap(objectionTo), ...objectionsToMark(table, record)],
  });
}

/** The environment from which `put-user-record` knows which values do not fit the key of an index. */
export function indexKeysEnvironment(table: ITable, record: ResolvedRecord) {
  return { INDEX_KEYS: Lazy.string({ produce: () => JSON.stringify(indexKeys(table, record)) }) };
}

function indexKeys(table: ITable, record: ResolvedRecord): Record<string, IndexKey> {
  const keys = new Map<string, IndexKey>();
  for (const { name, type, isPartitionKey } of filledKeys(table, record)) {
    const own = isPartitionKey ? MAX_KEY_BYTES.partitionKey : MAX_KEY_BYTES.sortKey;
    keys.set(name, { type, maxBytes: Math.min(own, keys.get(name)?.maxBytes ?? own) });
  }
  return Object.fromEntries(keys);
}

function filledKeys(table: ITable, { attributes }: ResolvedRecord): FilledKey[] {
  return (tableSchemaOf(table)?.indexes ?? []).flatMap(({ name: index, key }) => {
    return key.flatMap((attribute) => {
      const template = attributes[attribute.name];
      return template === undefined ? [] : [{ ...attribute, index, template }];
    });
  });
}

function objectionTo({ name, type, index, template, isPartitionKey }: FilledKey): string[] {
  const where = `record.attributes.${name} ${inspect(template)} does not fit the index ${index} of the table`;
  const actual = typeOf(template);
  if (actual !== type && actual !== 'any') return [`${where}, whose key ${name} is ${type}: it is ${actual}`];
  if (template === '') return [`${where}: the key of an index must not be an empty string`];
  const maxBytes = isPartitionKey ? MAX_KEY_BYTES.partitionKey : MAX_KEY_BYTES.sortKey;
  if (literalBytes(template) > maxBytes) return [`${where}: it has more than ${maxBytes} bytes`];
  return [];
}

/** The mark of an event to come is a boolean, which no index can have as its key. */
function objectionsToMark(table: ITable, { publishesEvent }: ResolvedRecord): string[] {
  if (!publishesEvent) return [];
  const indexes = tableSchemaOf(table)?.indexes ?? [];
  return indexes
    .filter(({ key }) => key.some(({ name }) => name === EVENT_PENDING))
    .map(
      ({ name }) =>
        `${EVENT_PENDING} must not be in the key of the index ${name} of the table: with an eventBus, this ` +
        'attribute marks a record whose event is still to be published, and is a boolean',
    );
}

/** DynamoDB's name of a value's type; `any` for a result that only its step knows. */
function typeOf(template: Template): string {
  if (typeof template === 'number') return 'N';
  if (typeof template === 'boolean') return 'BOOL';
  if (template === null) return 'NULL';
  if (typeof template !== 'string') return Array.isArray(template) ? 'L' : 'M';
  const [only, ...others] = parseTemplate(template);
  if (!only || 'text' in only || others.length > 0) return 'S';
  if (only.placeholder === 'addresses') return 'M';
  return stepFieldOf(only.placeholder) ? 'any' : 'S';
}

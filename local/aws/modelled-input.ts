import * as cognitoIdp from '@aws-sdk/client-cognito-identity-provider';
import * as dynamodb from '@aws-sdk/client-dynamodb';
import * as events from '@aws-sdk/client-eventbridge';
import * as states from '@aws-sdk/client-sfn';
import * as sqs from '@aws-sdk/client-sqs';
import { NormalizedSchema } from '@smithy/core/schema';
import { AwsError, type Input } from './api';

/** The models of the services in the SDK's clients, which export the operation `Act` as `Act$`. */
const MODELS: Record<string, object> = { 'cognito-idp': cognitoIdp, dynamodb, events, sqs, states };

/** The position of the input in an operation's description: after kind, namespace, name and traits. */
const INPUT = 4;

/** The position of the number of required members in a structure. The required members come first. */
const REQUIRED = 6;

/** The error code for a missing required member, by service. The other emulators check this themselves. */
const INCOMPLETE: Record<string, string> = {
  'cognito-idp': 'InvalidParameterException',
  events: 'ValidationException',
  states: 'ValidationException',
};

/** The actions that refuse an unknown member instead of ignoring it. */
const ACTIONS_WITH_UNKNOWN_MEMBERS = ['UpdateUserPool'];

/**
 * The members of an input that the service's model knows. AWS ignores all others. The emulators read some.
 *
 * @throws AwsError SerializationException naming a member of the wrong type, ValidationException or
 * InvalidParameterException naming the required members that are missing.
 */
export function modelledInput(prefix: string, action: string, input: Input): Input {
  const model = MODELS[prefix] as Record<string, unknown[]> | undefined;
  const operation = model?.[`${action}$`];
  if (!operation) return input;
  const schema = NormalizedSchema.of(operation[INPUT] as never);
  const known = modelled(schema, input, '') as Input;
  const code = INCOMPLETE[prefix];
  if (code) assertComplete(code, missingFrom(schema, known, ''));
  return ACTIONS_WITH_UNKNOWN_MEMBERS.includes(action) ? input : known;
}

function modelled(schema: NormalizedSchema, value: unknown, path: string): unknown {
  if (schema.isDocumentSchema()) return value;
  const expected = kindOf(schema);
  if (kindOfValue(value) !== expected) {
    const where = path || 'the request';
    throw new AwsError('SerializationException', `${where} is ${expected}, not ${kindOfValue(value)}`);
  }
  if (typeof value !== 'object') return value;
  const entries = membersOf(schema, value).flatMap(([name, member]) => {
    const item = Object.hasOwn(value as object, name) ? (value as Input)[name] : undefined;
    return item === undefined ? [] : [[name, modelled(member, item, path ? `${path}.${name}` : name)]];
  });
  return schema.isListSchema() ? entries.map(([, item]) => item) : Object.fromEntries(entries);
}

function assertComplete(code: string, missing: string[]): void {
  if (missing.length === 0) return;
  const found = `${missing.length} validation error${missing.length > 1 ? 's' : ''} detected`;
  throw new AwsError(code, `${found}: ${missing.join('; ')}`);
}

/** The messages of AWS for the missing required members. They do not show the values of secret members. */
function missingFrom(schema: NormalizedSchema, value: unknown, path: string): string[] {
  if (schema.isDocumentSchema() || typeof value !== 'object' || value === null) return [];
  const isRequired = (index: number) => schema.isStructSchema() && index < requiredCountOf(schema);
  return membersOf(schema, value).flatMap(([name, member], index) => {
    const item = (value as Input)[name];
    const place = path + placeOf(schema, name);
    if (item !== undefined) return missingFrom(member, item, `${place}.`);
    const given = member.getMergedTraits().sensitive ? 'Value' : 'Value null';
    const message = `${given} at '${place}' failed to satisfy constraint: Member must not be null`;
    return isRequired(index) ? [message] : [];
  });
}

function requiredCountOf(schema: NormalizedSchema): number {
  return (schema.getSchema() as unknown as number[])[REQUIRED] ?? 0;
}

/** The services count from 1 and begin names with a lower-case letter. */
function placeOf(schema: NormalizedSchema, name: string): string {
  if (schema.isListSchema()) return `${Number(name) + 1}.member`;
  return schema.isMapSchema() ? `${name}.member` : name.charAt(0).toLowerCase() + name.slice(1);
}

function kindOf(schema: NormalizedSchema): string {
  if (schema.isListSchema()) return 'a list';
  if (schema.isMapSchema() || schema.isStructSchema() || schema.isUnionSchema()) return 'an object';
  if (schema.isBooleanSchema()) return 'a boolean';
  return schema.isNumericSchema() || schema.isTimestampSchema() ? 'a number' : 'a string';
}

function kindOfValue(value: unknown): string {
  if (Array.isArray(value)) return 'a list';
  return typeof value === 'object' ? 'an object' : `a ${typeof value}`;
}

function membersOf(schema: NormalizedSchema, value: unknown): [string, NormalizedSchema][] {
  if (schema.isListSchema() || schema.isMapSchema())
    return Object.keys(value as object).map((name) => [name, schema.getValueSchema()]);
  return schema.isStructSchema() || schema.isUnionSchema() ? [...schema.structIterator()] : [];
}

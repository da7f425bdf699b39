import * as cognitoIdp from '@aws-sdk/client-cognito-identity-provider';
import * as dynamodb from '@aws-sdk/client-dynamodb';
import * as states from '@aws-sdk/client-sfn';
import * as sqs from '@aws-sdk/client-sqs';
import { NormalizedSchema } from '@smithy/core/schema';
import { AwsError, type Input } from './aws-api';

/** The models of the services, as the SDK's clients carry them: an operation `Act` is exported as `Act$`. */
const MODELS: Record<string, object> = { 'cognito-idp': cognitoIdp, dynamodb, sqs, states };

/** Where in an operation its input is described: after kind, namespace, name and traits. */
const INPUT = 4;

/**
 * Refuses an input whose members have other types than the service's model says; the emulators take anything.
 *
 * @throws AwsError SerializationException naming the member.
 */
export function assertShape(prefix: string, action: string, input: Input): void {
  const model = MODELS[prefix] as Record<string, unknown[]> | undefined;
  const operation = model?.[`${action}$`];
  if (operation) check(NormalizedSchema.of(operation[INPUT] as never), input, '');
}

function check(schema: NormalizedSchema, value: unknown, path: string): void {
  if (schema.isDocumentSchema() || value === undefined) return;
  const expected = kindOf(schema);
  if (kindOfValue(value) !== expected) {
    const where = path || 'the request';
    throw new AwsError('SerializationException', `${where} is ${expected}, not ${kindOfValue(value)}`);
  }
  for (const [name, member] of membersOf(schema, value)) {
    check(member, (value as Record<string, unknown>)[name], path ? `${path}.${name}` : name);
  }
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

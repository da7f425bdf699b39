import { attributeOf, type ConfirmedUser } from './confirmed-user';
import type { Placeholders } from './template';

/** `<Step.field>`: a field of the result of one of the application's own steps. */
export interface StepField {
  readonly step: string;
  readonly field: string;
}

/** Reads the name of a placeholder such as `CreateTenant.tenantId`; `undefined` if it names no step. */
export function stepFieldOf(placeholder: string): StepField | undefined {
  const [, step, field] = /^([A-Z]\w*)\.(.+)$/.exec(placeholder) ?? [];
  return step && field ? { step, field } : undefined;
}

/**
 * The values of a user's `sub` and Cognito attributes, as text that DynamoDB can hold. They throw an
 * AttributeUnknownError for an attribute that was not asked for.
 */
export function userPlaceholders(user: ConfirmedUser): Placeholders {
  return (name) => (name === 'sub' ? user.sub : attributeOf(user, name)?.toWellFormed());
}

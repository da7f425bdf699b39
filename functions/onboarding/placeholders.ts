import { attributeOf, type ConfirmedUser } from './confirmed-user';
import type { Placeholders } from './template';

/** `<Step.field>` or `<Step.outer.inner>`: a field of the result of one of the application's own steps. */
export interface StepField {
  readonly step: string;
  /** The names that lead to the field, from the outside to the inside. */
  readonly path: readonly string[];
}

/** Reads the name of a placeholder such as `CreateTenant.tenantId`; `undefined` if it names no step. */
export function stepFieldOf(placeholder: string): StepField | undefined {
  const [step = '', ...path] = placeholder.split('.');
  const isPath = path.length > 0 && !path.includes('');
  return isPath && /^[A-Z]\w*$/.test(step) ? { step, path } : undefined;
}

/**
 * The values of a user's `sub` and Cognito attributes, as text that DynamoDB can hold. They throw an
 * AttributeUnknownError for an attribute that was not asked for.
 */
export function userPlaceholders(user: ConfirmedUser): Placeholders {
  return (name) => (name === 'sub' ? user.sub : attributeOf(user, name)?.toWellFormed());
}

import { isCognitoAttribute } from '../../functions/onboarding/cognito-attributes';

/** Who names Cognito attributes: `record.attributes.email`, for instance, and the attributes. */
export type NamedAttributes = readonly [who: string, attributes: readonly string[]];

/**
 * The Cognito attributes of a user that travel through the onboarding: those that something names.
 *
 * @returns each once, in order, so that a deployment changes nothing when only their order changes.
 * @throws Error for a name that is no Cognito attribute.
 */
export function userAttributes(...named: readonly NamedAttributes[]): string[] {
  for (const [who, attributes] of named) {
    const unknown = attributes.find((name) => !isCognitoAttribute(name));
    if (unknown !== undefined) {
      throw new Error(`${who} must name Cognito attributes, such as email or custom:plan, got: "${unknown}"`);
    }
  }
  return [...new Set(named.flatMap(([, attributes]) => attributes))].sort();
}

/** The environment from which the trigger and the reconciliation read the names. */
export function userAttributesEnvironment(names: readonly string[]) {
  return { USER_ATTRIBUTES: JSON.stringify(names) };
}

/** A value that only AWS has. */
export class UnknownReferenceError extends Error {}

/**
 * Replaces the dynamic references in a text with values of the parameter store.
 *
 * @param stored finds the value of a parameter; undefined if the app has no such parameter.
 * @throws UnknownReferenceError for a parameter that the app does not have, and for a secret.
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/dynamic-references.html
 */
export function resolveReferences(text: string, stored: (parameterName: string) => unknown): string {
  return text.replace(/\{\{resolve:([^}]+)\}\}/g, (reference, described: string) => {
    const [, parameterName] = /^ssm:([^:]+)(?::\d+)?$/.exec(described) ?? [];
    if (parameterName === undefined)
      throw new UnknownReferenceError(`only AWS knows the value of ${reference}`);
    const value = stored(parameterName);
    if (value !== undefined) return String(value);
    throw new UnknownReferenceError(
      `only AWS knows the value of ${reference}: the app has no AWS::SSM::Parameter named ${parameterName}`,
    );
  });
}

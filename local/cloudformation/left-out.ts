import type { TemplateValues } from '../aws/template';
import { UnknownReferenceError } from './values/dynamic-references';

type Members = Record<string, unknown>;

/** Where a value that only AWS knows is left out: the rest of the resource works without it. */
const OPTIONAL: Record<string, readonly string[]> = {
  'AWS::Cognito::UserPoolIdentityProvider': ['ProviderDetails'],
  'AWS::Lambda::Function': ['Environment', 'Variables'],
};

/**
 * Takes out what only AWS knows, where a resource works without it.
 *
 * @param leftOut is called for each member that is taken out, with its name and the reason.
 */
export function withoutUnknown(
  type: string,
  properties: Members,
  values: TemplateValues,
  leftOut: (name: string, reason: string) => void = () => {},
): Members {
  const known = (members: unknown) => {
    const entries = Object.entries(members as Members);
    return Object.fromEntries(entries.filter(([name, value]) => isKnown(name, value)));
  };
  const isKnown = (name: string, value: unknown): boolean => {
    try {
      values.resolve(value);
    } catch (error) {
      if (!(error instanceof UnknownReferenceError)) throw error;
      leftOut(name, error.message);
      return false;
    }
    return true;
  };
  const [outer = '', inner] = OPTIONAL[type] ?? [];
  const members = properties[outer] as Members | undefined;
  if (!members) return properties;
  if (inner === undefined) return { ...properties, [outer]: known(members) };
  return members[inner]
    ? { ...properties, [outer]: { ...members, [inner]: known(members[inner]) } }
    : properties;
}

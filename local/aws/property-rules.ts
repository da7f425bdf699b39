import { isDeepStrictEqual } from 'node:util';

/**
 * What the local cloud does with the properties of a type. A path such as `Target.Input` is about a member; a name
 * alone is about all of its members. A property that is in none of the lists is refused.
 */
export interface PropertyRules {
  /** They act as on AWS. */
  readonly played: readonly string[];
  /** Nobody here could notice them: tags, descriptions, encryption, capacity. */
  readonly withoutEffect?: readonly string[];
  /** They do nothing here although somebody could notice that, so they are named at the start. */
  readonly leftOut?: readonly string[];
  /** They would change what is played, so they are refused: what to do instead. */
  readonly refused?: Readonly<Record<string, string>>;
  /** The values with which a property that is left out or refused is played, or changes nothing. */
  readonly neutral?: Readonly<Record<string, readonly unknown[] | ((value: unknown) => boolean)>>;
}

/** A property of a resource that does not act as on AWS. */
export interface UnplayedProperty {
  /** Such as `Target.RetryPolicy`. */
  readonly path: string;
  readonly value: unknown;
  /** What to do about it; undefined if it is only left out. */
  readonly advice?: string;
}

type Members = Readonly<Record<string, unknown>>;

/** What somebody can do about a property of which nothing is known. */
const ADVICE = 'leave it out of the app that runs here';

const NO_NULL = 'CloudFormation takes no null: leave it out';

/** The properties of a resource that do not act as on AWS. */
export function unplayedIn(properties: Members, rules: PropertyRules, prefix = ''): UnplayedProperty[] {
  return Object.entries(properties).flatMap(([name, value]) => unplayedAt(`${prefix}${name}`, value, rules));
}

function unplayedAt(path: string, value: unknown, rules: PropertyRules): UnplayedProperty[] {
  const { played, withoutEffect = [], leftOut = [], refused = {}, neutral = {} } = rules;
  if (value === null) return [{ path, value, advice: NO_NULL }];
  if (value === undefined || played.includes(path) || withoutEffect.includes(path)) return [];
  if (isNeutral(value, neutral[path])) return [];
  if (leftOut.includes(path)) return [{ path, value }];
  if (hasMembers(path, rules)) {
    const structs = [value].flat() as Members[];
    return structs.flatMap((members) => unplayedIn(members, rules, `${path}.`));
  }
  return [{ path, value, advice: refused[path] ?? ADVICE }];
}

function isNeutral(value: unknown, neutral: NonNullable<PropertyRules['neutral']>[string] = []): boolean {
  return typeof neutral === 'function'
    ? neutral(value)
    : neutral.some((one) => isDeepStrictEqual(one, value));
}

/** Whether the rules are about the members of a property, not about all of it. */
export function hasMembers(
  path: string,
  { played, withoutEffect, leftOut, refused }: PropertyRules,
): boolean {
  const paths = [...played, ...(withoutEffect ?? []), ...(leftOut ?? []), ...Object.keys(refused ?? {})];
  return paths.some((other) => other.startsWith(`${path}.`));
}

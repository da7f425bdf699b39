/** The keys of a request that conditions and variables can use. They are in lower case: IAM ignores case. */
export type RequestContext = Readonly<Record<string, string | readonly string[] | undefined>>;

/** Whether a value of a request matches. */
export type Matcher = (value: string, context: RequestContext) => boolean;

/** Options for reading a pattern. */
interface PatternOptions {
  /** Whether `*` and `?` stand for other characters. */
  readonly wildcards: boolean;
  readonly ignoreCase?: boolean;
}

interface Variable {
  readonly key: string;
  readonly defaultValue?: string;
}

const VARIABLE = /\$\{([^}]*)\}/;
const LITERAL_CHARACTERS = ['*', '?', '$'];

/**
 * Reads a value of a policy, with its wildcards and variables.
 *
 * @param isKnownKey whether a variable may name a key.
 * @returns a matcher. Nothing matches a variable for which the request has no value, and which has no default.
 * @throws Error naming a variable that the local cloud does not know.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html
 */
export function parsePattern(
  text: string,
  options: PatternOptions,
  isKnownKey: (key: string) => boolean,
): Matcher {
  // Every second part is the text between `${` and `}`.
  const parts = text.split(VARIABLE).map((part, index) => {
    return index % 2 === 0 ? part : parseVariable(part, isKnownKey);
  });
  if (parts.every((part) => typeof part === 'string')) {
    const expression = toRegExp(parts, {}, options);
    return (value) => expression?.test(value) ?? false;
  }
  return (value, context) => toRegExp(parts, context, options)?.test(value) ?? false;
}

/** Reads a pattern for ARNs. Each of the six parts is matched alone: a `*` stays within its part. */
export function parseArnPattern(text: string, isKnownKey: (key: string) => boolean): Matcher {
  const parts = arnParts(text, /:(?![^{]*\})/).map((part) => {
    return parsePattern(part, { wildcards: true }, isKnownKey);
  });
  if (parts.length < 6)
    throw new Error(`"${text}" is not a complete ARN: it needs six parts, separated by colons`);
  return (value, context) => {
    const values = arnParts(value, ':');
    return values.length === 6 && parts.every((matches, index) => matches(values[index] ?? '', context));
  };
}

/** @param separator a colon; in a pattern, a colon outside variables such as `${aws:PrincipalAccount}`. */
function arnParts(arn: string, separator: string | RegExp): string[] {
  const parts = arn.split(separator);
  return parts.length <= 6 ? parts : [...parts.slice(0, 5), parts.slice(5).join(':')];
}

function parseVariable(text: string, isKnownKey: (key: string) => boolean): string | Variable {
  if (LITERAL_CHARACTERS.includes(text)) return text;
  const [, name = '', defaultValue] = /^([^,]+?)\s*(?:,\s*'([^']*)')?$/.exec(text) ?? [];
  const key = name.toLowerCase();
  if (!isKnownKey(key)) throw new Error(`the local cloud does not know the policy variable \${${text}}`);
  return { key, ...(defaultValue !== undefined && { defaultValue }) };
}

/** Undefined if the request has no value for a variable. */
function toRegExp(
  parts: readonly (string | Variable)[],
  context: RequestContext,
  { wildcards, ignoreCase = false }: PatternOptions,
): RegExp | undefined {
  const sources = parts.map((part, index) => {
    if (typeof part === 'string') {
      const isLiteral = index % 2 === 1 || !wildcards;
      const source = escapeRegExp(part);
      return isLiteral ? source : source.replaceAll('\\*', '[^]*').replaceAll('\\?', '[^]');
    }
    const value = context[part.key] ?? part.defaultValue;
    // A value of a request is taken literally, even if it has wildcards.
    return typeof value === 'string' ? escapeRegExp(value) : undefined;
  });
  if (sources.includes(undefined)) return undefined;
  return new RegExp(`^${sources.join('')}$`, ignoreCase ? 'i' : '');
}

function escapeRegExp(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
}

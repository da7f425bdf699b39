/** The keys of a request that conditions and variables can ask for, in lower case: IAM ignores their case. */
export type RequestContext = Readonly<Record<string, string | readonly string[] | undefined>>;

/** Whether a value of a request fits. */
export type Matcher = (value: string, context: RequestContext) => boolean;

/** That a request does not have what a variable stands for, so that nobody can tell whether anything fits. */
export class UnresolvedVariable extends Error {}

/** How a pattern is read. */
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
 * @param isKnownKey which keys a variable may name.
 * @returns what throws {@link UnresolvedVariable} for a request without a variable that has no default.
 * @throws Error naming a variable that the local cloud does not know.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html
 */
export function parsePattern(
  text: string,
  options: PatternOptions,
  isKnownKey: (key: string) => boolean,
): Matcher {
  // Every second part is what was between `${` and `}`.
  const parts = text.split(VARIABLE).map((part, index) => {
    return index % 2 === 0 ? part : parseVariable(part, isKnownKey);
  });
  if (parts.every((part) => typeof part === 'string')) {
    const expression = toRegExp(parts, {}, options);
    return (value) => expression.test(value);
  }
  return (value, context) => toRegExp(parts, context, options).test(value);
}

/** Like a pattern, but each of an ARN's six parts by itself, so that a `*` in one does not reach into the next. */
export function parseArnPattern(text: string, isKnownKey: (key: string) => boolean): Matcher {
  const parts = arnParts(text, /:(?![^{]*\})/).map((part) => {
    return parsePattern(part, { wildcards: true }, isKnownKey);
  });
  if (parts.length < 6)
    throw new Error(`"${text}" is no complete ARN: it needs six parts, separated by colons`);
  return (value, context) => {
    const values = arnParts(value, ':');
    return values.length === 6 && parts.every((matches, index) => matches(values[index] ?? '', context));
  };
}

/** @param separator a colon; in patterns not one of a variable, such as `${aws:PrincipalAccount}`. */
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

function toRegExp(
  parts: readonly (string | Variable)[],
  context: RequestContext,
  { wildcards, ignoreCase = false }: PatternOptions,
): RegExp {
  const sources = parts.map((part, index) => {
    if (typeof part === 'string') {
      const isLiteral = index % 2 === 1 || !wildcards;
      const source = escapeRegExp(part);
      return isLiteral ? source : source.replaceAll('\\*', '[^]*').replaceAll('\\?', '[^]');
    }
    const value = context[part.key] ?? part.defaultValue;
    // What a request says is taken literally, wildcards and all.
    if (typeof value === 'string') return escapeRegExp(value);
    throw new UnresolvedVariable(`the request has no single value of ${part.key}`);
  });
  return new RegExp(`^${sources.join('')}$`, ignoreCase ? 'i' : '');
}

function escapeRegExp(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
}

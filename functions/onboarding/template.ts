/** A part of a template: literal text, or the name of a placeholder. */
export type TemplatePart = { readonly text: string } | { readonly placeholder: string };

/** A JSON value whose strings are templates, at any depth. */
export type Template =
  | string
  | number
  | boolean
  | null
  | readonly Template[]
  | { readonly [name: string]: Template };

/** Gives the value of a placeholder; `undefined` and `null` mean that it has none. */
export type Placeholders = (name: string) => unknown;

/**
 * Reads a template: `<name>` is a placeholder, `<<` is a `<`, and everything else is a literal.
 *
 * @throws Error for a `<` that begins neither.
 */
export function parseTemplate(template: string): TemplatePart[] {
  return template.split(/(<<|<[^<>]+>)/).flatMap((piece, index) => {
    if (index % 2 === 0) return literal(piece, template);
    return [piece === '<<' ? { text: '<' } : { placeholder: piece.slice(1, -1) }];
  });
}

function literal(text: string, template: string): TemplatePart[] {
  if (text.includes('<')) {
    throw new Error(`template "${template}" has a < without a name and a >: write << for the character <`);
  }
  return text === '' ? [] : [{ text }];
}

/** The placeholders in the templates of a value, each once. */
export function placeholdersIn(value: Template): string[] {
  if (typeof value === 'string') {
    return [
      ...new Set(parseTemplate(value).flatMap((part) => ('placeholder' in part ? part.placeholder : []))),
    ];
  }
  if (typeof value !== 'object' || value === null) return [];
  return [...new Set(Object.values(value).flatMap(placeholdersIn))];
}

/**
 * Replaces the placeholders in every string of a value. What replaces them is not read as a template again.
 *
 * A string that is one placeholder takes its value and type. In any other string, a value that is not text is
 * written as JSON. Where a placeholder has no value, the string is left out of its object or list.
 *
 * @returns `undefined` for a string that is left out.
 */
export function expandTemplate(value: Template, placeholders: Placeholders): unknown {
  if (typeof value === 'string') return expandString(parseTemplate(value), placeholders);
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) {
    return value
      .map((member) => expandTemplate(member, placeholders))
      .filter((member) => member !== undefined);
  }
  const members = Object.entries(value).map(([name, member]) => [name, expandTemplate(member, placeholders)]);
  return Object.fromEntries(members.filter(([, member]) => member !== undefined));
}

function expandString(parts: TemplatePart[], placeholders: Placeholders): unknown {
  const values = parts.map((part) =>
    'text' in part ? part.text : (placeholders(part.placeholder) ?? undefined),
  );
  if (values.includes(undefined)) return undefined;
  if (values.length === 1) return values[0];
  return values.map((value) => (typeof value === 'string' ? value : JSON.stringify(value))).join('');
}

import fc, { type StringConstraints } from 'fast-check';

const codePoint = fc
  .oneof(fc.nat(0x7f), fc.nat(0xd7ff), fc.integer({ min: 0xe000, max: 0x10ffff }))
  .map((number) => String.fromCodePoint(number), codePointOf);

/** Any text of Unicode. fast-check's own unit `binary` first makes a list of all its million characters. */
export function anyText(constraints: Omit<StringConstraints, 'unit'> = {}): fc.Arbitrary<string> {
  return fc.string({ ...constraints, unit: codePoint });
}

/** Lets fast-check use the names that it knows to be dangerous, such as `__proto__`. */
function codePointOf(text: unknown): number {
  return (text as string).codePointAt(0) as number;
}

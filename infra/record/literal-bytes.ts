import { parseTemplate, type Template } from '../../functions/onboarding/template';

/** The bytes that the value of a template has, whatever its placeholders hold. */
export function literalBytes(template: Template): number {
  if (typeof template !== 'string') return 0;
  const text = parseTemplate(template).map((part) => ('text' in part ? part.text : ''));
  return Buffer.byteLength(text.join(''));
}

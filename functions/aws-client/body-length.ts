/**
 * Replaces how the SDK counts the bytes of a request's body in the bundles. Bodies are text here. The SDK also asks
 * whether a body is a file, and Node would load its file streams for this question.
 *
 * @throws Error for a body of another kind.
 */
export function calculateBodyLength(body: unknown): number {
  if (typeof body === 'string') return Buffer.byteLength(body);
  if (body instanceof Uint8Array) return body.byteLength;
  throw new Error(`the length of a body of the type ${typeof body} is not known in this bundle`);
}

/** The claims of a token (JWT). The signature is not checked. */
export function claimsOf<Claims>(token: string): Claims {
  const [, claims = ''] = token.split('.');
  return JSON.parse(Buffer.from(claims, 'base64url').toString());
}

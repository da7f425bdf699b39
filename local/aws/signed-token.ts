import { createPrivateKey, createPublicKey, sign, verify } from 'node:crypto';
import privateKey from 'cognito-local/lib/keys/cognitoLocal.private.json';
import publicKey from 'cognito-local/lib/keys/cognitoLocal.public.json';

const ALGORITHM = 'RSA-SHA256';
const signingKey = createPrivateKey({ key: privateKey.jwk, format: 'jwk' });
const verifyingKey = createPublicKey({ key: publicKey.jwk, format: 'jwk' });
const header = encoded({ kid: publicKey.jwk.kid, alg: publicKey.jwk.alg });

/** The public half of the key that signs tokens, as `/<user pool id>/.well-known/jwks.json` serves it. */
export const JWKS = { keys: [publicKey.jwk] };

/** Makes a token (JWT) of a user pool. */
export function signedToken(claims: object): string {
  const content = `${header}.${encoded(claims)}`;
  return `${content}.${sign(ALGORITHM, Buffer.from(content), signingKey).toString('base64url')}`;
}

/** Whether a user pool of this local cloud has made the token. */
export function isSigned(token: string): boolean {
  const [head = '', payload = '', signature = ''] = token.split('.');
  const content = Buffer.from(`${head}.${payload}`);
  return verify(ALGORITHM, content, verifyingKey, Buffer.from(signature, 'base64url'));
}

function encoded(value: object): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}

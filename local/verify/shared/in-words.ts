import { CheckError } from './verification';

/** What to do about errors that any call can have, by their names. */
const ADVICE: readonly (readonly [RegExp, string])[] = [
  [
    /^ExpiredToken|^TokenRefreshRequired|^SSOTokenProviderFailure/,
    'your credentials have expired: sign in again',
  ],
  [/^CredentialsProviderError$/, 'there are no credentials: sign in, or set AWS_PROFILE'],
  [
    /^(InvalidClientTokenId|UnrecognizedClient(Exception)?|InvalidSignatureException|SignatureDoesNotMatch)$/,
    'AWS does not know your credentials: sign in again',
  ],
  [
    /^AccessDenied(Exception)?$/,
    'you may not do this: docs/verifying.md has a policy with what a verification needs',
  ],
];

/** An error in one line, with what to do. */
export function inWords(error: unknown): string {
  if (error instanceof CheckError) return error.message;
  const { name, message } = error as Error;
  const [, advice] = ADVICE.find(([names]) => names.test(name)) ?? [];
  const said = `${name}: ${message || 'no message'}`.replace(/\s+/g, ' ');
  return advice ? `${advice} (${said})` : said;
}

/** The answer of a call, or undefined if AWS says that there is no such thing. */
export async function unlessMissing<T>(call: Promise<T>): Promise<T | undefined> {
  try {
    return await call;
  } catch (error) {
    if (/NotFound|NonExistentQueue|QueueDoesNotExist|DoesNotExist/.test((error as Error).name))
      return undefined;
    throw error;
  }
}

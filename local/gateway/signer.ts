/** What the signature of a request names. The signature itself is not checked: there are no secrets here, only names. */
export interface Signer {
  readonly accessKeyId?: string;
  /** The service that the request is for, as in `sts`. */
  readonly service?: string;
}

/**
 * Reads the `Authorization` header of a request to AWS.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-authentication-methods.html
 */
export function signerOf(authorization = ''): Signer {
  const [, accessKeyId, service] =
    /Credential=([^/,\s]+)\/(?:[^/,\s]*\/[^/,\s]*\/([\w-]+)\/)?/.exec(authorization) ?? [];
  return { accessKeyId, service };
}

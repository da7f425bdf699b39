/**
 * The condition keys that the local cloud gives its requests, and whether a request can have several values.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
 */
const CONDITION_KEYS: Record<string, 'single' | 'multiple'> = {
  'aws:principalaccount': 'single',
  'aws:principalarn': 'single',
  'aws:requestedregion': 'single',
  'aws:securetransport': 'single',
  'aws:sourceaccount': 'single',
  'aws:sourcearn': 'single',
  'cognito-identity.amazonaws.com:amr': 'multiple',
  'cognito-identity.amazonaws.com:aud': 'single',
  'cognito-identity.amazonaws.com:sub': 'single',
  'dynamodb:leadingkeys': 'multiple',
  // Nothing here calls KMS, so no request has this key or an encryption context.
  'kms:viaservice': 'single',
};

const FAMILIES = /^(aws:principaltag\/|kms:encryptioncontext:).+/;

/** @param key in lower case. */
export function isConditionKey(key: string): boolean {
  return Object.hasOwn(CONDITION_KEYS, key) || FAMILIES.test(key);
}

/** @param key in lower case. */
export function hasSeveralValues(key: string): boolean {
  return CONDITION_KEYS[key] === 'multiple';
}

/**
 * Whether a policy variable may name the key. A variable stands for one value.
 *
 * @param key in lower case.
 */
export function isVariable(key: string): boolean {
  return isConditionKey(key) && !hasSeveralValues(key);
}

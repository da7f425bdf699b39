/** @see https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-settings-attributes.html */
const STANDARD_ATTRIBUTES = [
  'address',
  'birthdate',
  'email',
  'email_verified',
  'family_name',
  'gender',
  'given_name',
  'identities',
  'locale',
  'middle_name',
  'name',
  'nickname',
  'phone_number',
  'phone_number_verified',
  'picture',
  'preferred_username',
  'profile',
  'updated_at',
  'website',
  'zoneinfo',
];

/** Whether Cognito can have an attribute of this name: a standard one, `custom:…` or `dev:custom:…`. */
export function isCognitoAttribute(name: string): boolean {
  return isStandardAttribute(name) || /^(dev:)?custom:./.test(name);
}

/** Whether every user pool has an attribute of this name. */
export function isStandardAttribute(name: string): boolean {
  return STANDARD_ATTRIBUTES.includes(name);
}

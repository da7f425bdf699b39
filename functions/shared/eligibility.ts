/** User attributes as Cognito names them, `cognito:user_status` among them. */
export type UserAttributes = Readonly<Record<string, string | undefined>>;

/**
 * Says why a user must not be onboarded yet, or nothing when they may be.
 *
 * A native user must be confirmed and have a verified e-mail address. A federated one
 * (`EXTERNAL_PROVIDER`) was verified by their identity provider.
 *
 * @see https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-lambda-post-confirmation.html
 */
export function reasonNotToOnboard(attributes: UserAttributes): string | undefined {
  const status = attributes['cognito:user_status'];
  if (status === 'EXTERNAL_PROVIDER') return undefined;
  if (status !== 'CONFIRMED') return `user status is ${status ?? 'missing'}, not CONFIRMED`;
  if (attributes.email_verified !== 'true') return 'e-mail address is not verified';
  return undefined;
}

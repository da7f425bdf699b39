import { createHash } from 'node:crypto';
import { CognitoIdentityProvider } from '@aws-sdk/client-cognito-identity-provider';

// The same user always gets the same id: so it does not matter how often this runs.
export async function handler({ confirmedUser: { userPoolId, username, sub } }) {
  const tenantId = createHash('sha256').update(`tenant of ${sub}`).digest('hex').slice(0, 16);
  await new CognitoIdentityProvider().adminUpdateUserAttributes({
    UserPoolId: userPoolId,
    Username: username,
    UserAttributes: [{ Name: 'custom:tenantId', Value: tenantId }],
  });
  return { tenantId };
}

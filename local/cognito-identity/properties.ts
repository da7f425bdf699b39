import type { PropertyRules } from '../aws/property-rules';

/** People sign in with the tokens of user pools. Whoever tries another way is told so. */
export const IDENTITY_POOL: PropertyRules = {
  played: ['CognitoIdentityProviders', 'IdentityPoolName'],
  withoutEffect: ['IdentityPoolTags'],
  leftOut: [
    'AllowClassicFlow',
    'AllowUnauthenticatedIdentities',
    'CognitoEvents',
    'CognitoStreams',
    'DeveloperProviderName',
    'OpenIdConnectProviderARNs',
    'PushSync',
    'SamlProviderARNs',
    'SupportedLoginProviders',
  ],
  neutral: { AllowClassicFlow: [false], AllowUnauthenticatedIdentities: [false] },
};

export const ROLE_ATTACHMENT: PropertyRules = { played: ['IdentityPoolId', 'RoleMappings', 'Roles'] };

export const PRINCIPAL_TAG: PropertyRules = {
  played: ['IdentityPoolId', 'IdentityProviderName', 'PrincipalTags', 'UseDefaults'],
};

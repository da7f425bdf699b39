import type { PropertyRules } from '../aws/property-rules';

export const USER_POOL: PropertyRules = {
  played: [
    'AccountRecoverySetting',
    'AdminCreateUserConfig',
    'AliasAttributes',
    'AutoVerifiedAttributes',
    'DeletionProtection',
    'EmailVerificationMessage',
    'EmailVerificationSubject',
    'LambdaConfig',
    'MfaConfiguration',
    'Policies.PasswordPolicy.MinimumLength',
    'Policies.PasswordPolicy.RequireLowercase',
    'Policies.PasswordPolicy.RequireNumbers',
    'Policies.PasswordPolicy.RequireSymbols',
    'Policies.PasswordPolicy.RequireUppercase',
    'Policies.PasswordPolicy.TemporaryPasswordValidityDays',
    'Schema',
    'SmsAuthenticationMessage',
    'SmsVerificationMessage',
    'UserAttributeUpdateSettings',
    'UserPoolName',
    'UsernameAttributes',
    'UsernameConfiguration',
    'VerificationMessageTemplate',
  ],
  withoutEffect: [
    // Nothing is sent.
    'EmailConfiguration',
    'SmsConfiguration',
    // Tokens are those of the local cloud.
    'IssuerConfiguration',
    'KeyConfiguration',
    'UserPoolTags',
    'UserPoolTier',
  ],
  leftOut: [
    'DeviceConfiguration',
    'EmailAuthenticationMessage',
    'EmailAuthenticationSubject',
    'EnabledMfas',
    'Policies.PasswordPolicy.PasswordHistorySize',
    'Policies.SignInPolicy',
    'UserPoolAddOns.AdvancedSecurityAdditionalFlows',
    'UserPoolAddOns.AdvancedSecurityMode',
    'WebAuthnFactorConfiguration',
    'WebAuthnRelyingPartyID',
    'WebAuthnUserVerification',
  ],
  neutral: {
    // Whoever has chosen none gets a text message.
    EnabledMfas: [['SMS_MFA'], ['SMS_MFA', 'SOFTWARE_TOKEN_MFA'], ['SOFTWARE_TOKEN_MFA', 'SMS_MFA']],
    'Policies.PasswordPolicy.PasswordHistorySize': [0],
    'Policies.SignInPolicy': [{ AllowedFirstAuthFactors: ['PASSWORD'] }],
    'UserPoolAddOns.AdvancedSecurityMode': ['OFF', 'AUDIT'],
  },
};

export const USER_POOL_CLIENT: PropertyRules = {
  played: [
    'AccessTokenValidity',
    'AuthSessionValidity',
    'ClientName',
    'ExplicitAuthFlows',
    'GenerateSecret',
    'IdTokenValidity',
    'PreventUserExistenceErrors',
    'ReadAttributes',
    'RefreshTokenValidity',
    'TokenValidityUnits',
    'UserPoolId',
    'WriteAttributes',
  ],
  withoutEffect: [
    // There is no hosted UI.
    'AllowedOAuthFlows',
    'AllowedOAuthFlowsUserPoolClient',
    'AllowedOAuthScopes',
    'AnalyticsConfiguration',
    'CallbackURLs',
    'DefaultRedirectURI',
    'EnablePropagateAdditionalUserContextData',
    'LogoutURLs',
    'SupportedIdentityProviders',
  ],
  leftOut: ['EnableTokenRevocation'],
  refused: {
    RefreshTokenRotation:
      'the local cloud does not renew refresh tokens (GetTokensFromRefreshToken): switch it off in the app that runs here',
  },
  neutral: {
    EnableTokenRevocation: [true],
    RefreshTokenRotation: [{ Feature: 'DISABLED' }],
  },
};

/** Whoever signs somebody in through a provider gives the attributes as they are after the mapping. */
export const IDENTITY_PROVIDER: PropertyRules = {
  played: ['ProviderName', 'ProviderType', 'UserPoolId'],
  withoutEffect: ['AttributeMapping', 'IdpIdentifiers', 'ProviderDetails'],
};

export const USER_POOL_GROUP: PropertyRules = {
  played: ['Description', 'GroupName', 'Precedence', 'RoleArn', 'UserPoolId'],
};

export const USER_POOL_USER: PropertyRules = {
  played: [
    'ClientMetadata',
    'DesiredDeliveryMediums',
    'ForceAliasCreation',
    'MessageAction',
    'UserAttributes',
    'UserPoolId',
    'Username',
    'ValidationData',
  ],
};

export const USER_POOL_USER_TO_GROUP_ATTACHMENT: PropertyRules = {
  played: ['GroupName', 'UserPoolId', 'Username'],
};

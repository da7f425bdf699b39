import type { CreateUserPoolCommandInput, UserPoolType } from '@aws-sdk/client-cognito-identity-provider';

const lambda = (name: string) => `arn:aws:lambda:us-east-1:000000000000:function:${name}`;

/** Every setting of UpdateUserPool, each with a value that differs from a new user pool's. */
export const SETTINGS: Required<
  Omit<
    CreateUserPoolCommandInput,
    'PoolName' | 'Schema' | 'AliasAttributes' | 'UsernameAttributes' | 'UsernameConfiguration'
  >
> = {
  AccountRecoverySetting: {
    RecoveryMechanisms: [
      { Name: 'verified_phone_number', Priority: 1 },
      { Name: 'verified_email', Priority: 2 },
    ],
  },
  AcrConfiguration: {
    Level1: { AcrValue: 'urn:example:bronze' },
    Level2: { AcrValue: 'urn:example:silver' },
    Level3: { AcrValue: 'urn:example:gold' },
    Level4: { AcrValue: 'urn:example:platinum' },
  },
  AdminCreateUserConfig: {
    AllowAdminCreateUserOnly: true,
    InviteMessageTemplate: {
      EmailMessage: 'Welcome, {username}: {####}',
      EmailSubject: 'Welcome',
      SMSMessage: '{username}: {####}',
    },
  },
  AutoVerifiedAttributes: ['phone_number', 'email'],
  DcrConfiguration: {
    EnableStatus: 'Enabled',
    OpenDcrEnabled: true,
    AuthenticatedGrantTypes: ['client_credentials'],
    OpenDcrGrantTypes: ['code'],
    AllowedScopes: ['orders/read'],
  },
  DeletionProtection: 'ACTIVE',
  DeviceConfiguration: { ChallengeRequiredOnNewDevice: true, DeviceOnlyRememberedOnUserPrompt: true },
  EmailConfiguration: {
    ConfigurationSet: 'sign-up',
    EmailSendingAccount: 'DEVELOPER',
    From: 'Example <hello@example.com>',
    ReplyToEmailAddress: 'support@example.com',
    SourceArn: 'arn:aws:ses:us-east-1:000000000000:identity/hello@example.com',
  },
  EmailVerificationMessage: 'Your code is {####}',
  EmailVerificationSubject: 'Your code',
  IssuerConfiguration: { Type: 'UPDATED' },
  KeyConfiguration: {
    KeyType: 'CUSTOMER_MANAGED_KEY',
    KmsKeyArn: 'arn:aws:kms:us-east-1:000000000000:key/pool',
  },
  LambdaConfig: {
    CreateAuthChallenge: lambda('create-auth-challenge'),
    CustomEmailSender: { LambdaArn: lambda('custom-email-sender'), LambdaVersion: 'V1_0' },
    CustomMessage: lambda('custom-message'),
    CustomSMSSender: { LambdaArn: lambda('custom-sms-sender'), LambdaVersion: 'V1_0' },
    DefineAuthChallenge: lambda('define-auth-challenge'),
    InboundFederation: { LambdaArn: lambda('inbound-federation'), LambdaVersion: 'V1_0' },
    KMSKeyID: 'arn:aws:kms:us-east-1:000000000000:key/codes',
    PostAuthentication: lambda('post-authentication'),
    PreAuthentication: lambda('pre-authentication'),
    PreSignUp: lambda('pre-sign-up'),
    PreTokenGeneration: lambda('pre-token-generation'),
    PreTokenGenerationConfig: { LambdaArn: lambda('pre-token-generation'), LambdaVersion: 'V3_0' },
    UserMigration: lambda('user-migration'),
    VerifyAuthChallengeResponse: lambda('verify-auth-challenge-response'),
  },
  MfaConfiguration: 'OPTIONAL',
  Policies: {
    PasswordPolicy: {
      MinimumLength: 20,
      PasswordHistorySize: 5,
      RequireLowercase: false,
      RequireNumbers: false,
      RequireSymbols: false,
      RequireUppercase: false,
      TemporaryPasswordValidityDays: 1,
    },
    SignInPolicy: { AllowedFirstAuthFactors: ['PASSWORD', 'EMAIL_OTP', 'WEB_AUTHN'] },
  },
  SmsAuthenticationMessage: 'Sign in with {####}',
  SmsConfiguration: {
    ExternalId: 'external-id',
    SnsCallerArn: 'arn:aws:iam::000000000000:role/sms',
    SnsRegion: 'eu-west-1',
    EumsSms: undefined,
  },
  SmsVerificationMessage: 'Verify with {####}',
  UserAttributeUpdateSettings: { AttributesRequireVerificationBeforeUpdate: ['phone_number', 'email'] },
  UserPoolAddOns: {
    AdvancedSecurityMode: 'ENFORCED',
    AdvancedSecurityAdditionalFlows: { CustomAuthMode: 'AUDIT' },
  },
  UserPoolTags: { team: 'identity', stage: 'production' },
  UserPoolTier: 'PLUS',
  VerificationMessageTemplate: {
    DefaultEmailOption: 'CONFIRM_WITH_LINK',
    EmailMessage: 'Your code is {####}',
    EmailMessageByLink: 'Please {##click here##}',
    EmailSubject: 'Your code',
    EmailSubjectByLink: 'Your link',
    SmsMessage: 'Verify with {####}',
  },
};

/** The path of each single setting, such as `Policies.PasswordPolicy.MinimumLength`. */
export const SETTING_PATHS = pathsIn(SETTINGS);

/** The value at a path. */
export function valueAt(pool: UserPoolType, path: string): unknown {
  return path.split('.').reduce<unknown>((value, name) => (value as Record<string, unknown>)?.[name], pool);
}

/** A description without the date that changes by itself. */
export function withoutDates({ LastModifiedDate: _, ...described }: UserPoolType): UserPoolType {
  return described;
}

function pathsIn(value: unknown, path: string[] = []): string[] {
  if (value === undefined) return [];
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return [path.join('.')];
  return Object.entries(value).flatMap(([name, member]) => pathsIn(member, [...path, name]));
}

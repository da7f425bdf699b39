import type { UserPool } from 'cognito-local/lib/services/userPoolService';
import { AwsError, type Input } from '../../aws/api';

type Struct = Record<string, unknown>;

/** The parameters of UpdateUserPool besides the pool's id and name. */
const SETTINGS = [
  'AccountRecoverySetting',
  'AcrConfiguration',
  'AdminCreateUserConfig',
  'AutoVerifiedAttributes',
  'DcrConfiguration',
  'DeletionProtection',
  'DeviceConfiguration',
  'EmailConfiguration',
  'EmailVerificationMessage',
  'EmailVerificationSubject',
  'IssuerConfiguration',
  'KeyConfiguration',
  'LambdaConfig',
  'MfaConfiguration',
  'Policies',
  'SmsAuthenticationMessage',
  'SmsConfiguration',
  'SmsVerificationMessage',
  'UserAttributeUpdateSettings',
  'UserPoolAddOns',
  'UserPoolTags',
  'UserPoolTier',
  'VerificationMessageTemplate',
];

const UPDATABLE = ['UserPoolId', 'PoolName', ...SETTINGS];
const CREATABLE = [
  'PoolName',
  ...SETTINGS,
  'AliasAttributes',
  'Schema',
  'UsernameAttributes',
  'UsernameConfiguration',
];

const DEFAULT_VALIDITY_DAYS = 7;

const ACR_LEVELS = Object.fromEntries(
  [1, 2, 3, 4].map((level) => [`Level${level}`, { AcrValue: `urn:cognito:loa:${level}` }]),
);

/**
 * Refuses parameters that the action does not take.
 *
 * @throws AwsError InvalidParameterException, FeatureUnavailableInTierException
 */
export function assertSettings(action: 'CreateUserPool' | 'UpdateUserPool', input: Input, pool?: UserPool) {
  const known = action === 'CreateUserPool' ? CREATABLE : UPDATABLE;
  const unknown = Object.keys(input).filter((name) => !known.includes(name));
  if (unknown.length > 0) throw invalid(`${action} does not take ${unknown.join(', ')}`);
  if (action === 'CreateUserPool' && !input.PoolName) throw invalid('PoolName must not be empty');
  const replacement = validityDaysOf(input) ?? (pool && validityDaysOf(pool));
  if (replacement !== undefined && structIn(input, 'AdminCreateUserConfig').UnusedAccountValidityDays) {
    throw invalid(
      'Please use TemporaryPasswordValidityDays in PasswordPolicy instead of UnusedAccountValidityDays',
    );
  }
  if (input.UserPoolTier === 'LITE' && input.AcrConfiguration !== undefined) {
    throw new AwsError(
      'FeatureUnavailableInTierException',
      'AcrConfiguration is not available in the Lite tier',
    );
  }
}

/**
 * The settings of a user pool that is created or updated with an input. Missing settings get their default.
 *
 * @see https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_UpdateUserPool.html
 */
export function settingsFrom(input: Input): Struct {
  const sent = Object.fromEntries(
    SETTINGS.filter((name) => name in input).map((name) => [name, input[name]]),
  );
  const { UnusedAccountValidityDays: unused, ...adminCreateUser } = structIn(input, 'AdminCreateUserConfig');
  const temporary = validityDaysOf(input) ?? (unused ? undefined : DEFAULT_VALIDITY_DAYS);
  return {
    DeletionProtection: 'INACTIVE',
    IssuerConfiguration: { Type: 'ORIGINAL' },
    KeyConfiguration: { KeyType: 'AWS_OWNED_KEY' },
    LambdaConfig: {},
    MfaConfiguration: 'OFF',
    UserAttributeUpdateSettings: { AttributesRequireVerificationBeforeUpdate: [] },
    UserPoolTags: {},
    UserPoolTier: 'ESSENTIALS',
    ...sent,
    AcrConfiguration: { ...ACR_LEVELS, ...structIn(input, 'AcrConfiguration') },
    AdminCreateUserConfig: {
      AllowAdminCreateUserOnly: false,
      ...adminCreateUser,
      UnusedAccountValidityDays: temporary ?? unused,
    },
    EmailConfiguration: {
      EmailSendingAccount: 'COGNITO_DEFAULT',
      ...structIn(input, 'EmailConfiguration'),
    },
    Policies: {
      PasswordPolicy: passwordPolicyFrom(input, temporary),
      SignInPolicy: { AllowedFirstAuthFactors: ['PASSWORD'] },
      ...withoutPasswordPolicy(structIn(input, 'Policies')),
    },
    VerificationMessageTemplate: {
      DefaultEmailOption: 'CONFIRM_WITH_CODE',
      ...structIn(input, 'VerificationMessageTemplate'),
    },
  };
}

/** Without a policy, a strong default applies. In a given policy, a missing rule is not required. */
function passwordPolicyFrom(input: Input, validityDays: number | undefined): Struct {
  const sent = structIn(structIn(input, 'Policies'), 'PasswordPolicy');
  const required = Object.keys(sent).length === 0;
  return {
    MinimumLength: 8,
    RequireUppercase: required,
    RequireLowercase: required,
    RequireNumbers: required,
    RequireSymbols: required,
    ...sent,
    ...(validityDays !== undefined && { TemporaryPasswordValidityDays: validityDays }),
  };
}

function withoutPasswordPolicy({ PasswordPolicy: _, ...policies }: Struct): Struct {
  return policies;
}

function validityDaysOf(input: Input | UserPool): number | undefined {
  const policy = structIn(structIn({ ...input }, 'Policies'), 'PasswordPolicy');
  return policy.TemporaryPasswordValidityDays as number | undefined;
}

function structIn(parent: Struct, name: string): Struct {
  return (parent[name] ?? {}) as Struct;
}

function invalid(message: string): AwsError {
  return new AwsError('InvalidParameterException', message);
}

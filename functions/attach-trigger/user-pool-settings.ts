import type { UpdateUserPoolRequest, UserPoolType } from '@aws-sdk/client-cognito-identity-provider';

/** The fields that DescribeUserPool returns and UpdateUserPool does not accept. */
export const READ_ONLY_FIELDS = [
  'Arn',
  'CreationDate',
  'LastModifiedDate',
  'Status',
  'SchemaAttributes',
  'AliasAttributes',
  'UsernameAttributes',
  'UsernameConfiguration',
  'Domain',
  'CustomDomain',
  'EstimatedNumberOfUsers',
  'EmailConfigurationFailure',
  'SmsConfigurationFailure',
] as const satisfies readonly (keyof UserPoolType)[];

/** The fields that change by themselves, or that Cognito computes. */
const VOLATILE = new Set([
  'LastModifiedDate',
  'EstimatedNumberOfUsers',
  'EmailConfigurationFailure',
  'SmsConfigurationFailure',
]);

/**
 * Every setting of a user pool.
 *
 * A compile error here means that the SDK knows a field of user pools that UpdateUserPool does not accept
 * under that name: add it to the read-only fields, or send it under its other name. Otherwise it would be
 * reset.
 */
type Settings = Pick<
  UpdateUserPoolRequest,
  Exclude<keyof UserPoolType, (typeof READ_ONLY_FIELDS)[number] | 'Id' | 'Name'>
>;

/**
 * An update with the new trigger and every other setting: UpdateUserPool resets each setting that it is not
 * sent.
 */
export function updateWithTrigger(pool: UserPoolType, trigger: string | undefined): UpdateUserPoolRequest {
  const { Id, Name, LambdaConfig, ...described } = structuredClone(pool);
  for (const field of READ_ONLY_FIELDS) delete described[field];
  const settings: Settings = described;
  if (settings.UserPoolTags) settings.UserPoolTags = ownTagsOf(settings.UserPoolTags);
  if (hasTemporaryPasswordValidity(pool)) delete settings.AdminCreateUserConfig?.UnusedAccountValidityDays;
  // It is described for every user pool, but cannot be set in the Lite tier, where it is always the default.
  if (pool.UserPoolTier === 'LITE') delete settings.AcrConfiguration;
  return { ...settings, UserPoolId: Id, PoolName: Name, LambdaConfig: withTrigger(LambdaConfig, trigger) };
}

/**
 * The fields, such as `Policies.PasswordPolicy.MinimumLength`, that are not as expected after setting the
 * trigger.
 */
export function unexpectedChanges(
  before: UserPoolType,
  trigger: string | undefined,
  after: UserPoolType,
): string[] {
  const expected = leavesOf({ ...before, LambdaConfig: withTrigger(before.LambdaConfig, trigger) });
  const actual = leavesOf(after);
  const fields = [...new Set([...expected.keys(), ...actual.keys()])];
  return fields.filter((field) => {
    if (field.startsWith('UserPoolTags.') && isSystemTag(field.slice('UserPoolTags.'.length))) return false;
    if (VOLATILE.has(field) || (isUnusedAccountValidity(field) && hasTemporaryPasswordValidity(before)))
      return false;
    return expected.get(field) !== actual.get(field);
  });
}

/** @see https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_PasswordPolicyType.html */
function hasTemporaryPasswordValidity({ Policies }: UserPoolType): boolean {
  // It replaces UnusedAccountValidityDays. Cognito still describes that field, but refuses an update with
  // both. A user pool that never set the new field still uses the old one.
  return Policies?.PasswordPolicy?.TemporaryPasswordValidityDays !== undefined;
}

function isUnusedAccountValidity(field: string): boolean {
  return field === 'AdminCreateUserConfig.UnusedAccountValidityDays';
}

/** AWS's services set these tags, keep them through every update, and accept them from nobody else. */
function isSystemTag(key: string): boolean {
  return /^aws:/i.test(key);
}

function ownTagsOf(tags: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(tags).filter(([key]) => !isSystemTag(key)));
}

function withTrigger(
  { PostConfirmation: _, ...others }: UserPoolType['LambdaConfig'] = {},
  trigger?: string,
) {
  return { ...others, ...(trigger && { PostConfirmation: trigger }) };
}

/** Each value by its path. Cognito treats lists as sets, and an empty object means the same as none. */
function leavesOf(value: unknown, path: string[] = []): Map<string, string> {
  if (value === undefined) return new Map();
  if (typeof value !== 'object' || value === null || value instanceof Date || Array.isArray(value)) {
    const comparable = Array.isArray(value) ? value.map((item) => JSON.stringify(item)).sort() : value;
    return new Map([[path.join('.'), JSON.stringify(comparable)]]);
  }
  const members = Object.entries(value);
  return new Map(members.flatMap(([name, member]) => [...leavesOf(member, [...path, name])]));
}

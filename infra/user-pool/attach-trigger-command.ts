import { READ_ONLY_FIELDS } from '../../functions/attach-trigger/user-pool-settings';

/**
 * The commands that make a function the post confirmation trigger of an existing user pool and leave all its
 * other settings as they are. They need the AWS CLI and jq.
 *
 * A bare `update-user-pool --lambda-config …` would reset every setting that is not passed to it.
 *
 * @see https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_UpdateUserPool.html
 */
export function attachTriggerCommand(userPoolId: string, functionArn: string): string {
  const settings = [
    '.UserPool | .UserPoolId = .Id | .PoolName = .Name | .LambdaConfig.PostConfirmation = $trigger',
    // The same rules as in functions/attach-trigger/user-pool-settings.ts.
    'if .Policies.PasswordPolicy.TemporaryPasswordValidityDays then del(.AdminCreateUserConfig.UnusedAccountValidityDays) else . end',
    'if .UserPoolTier == "LITE" then del(.AcrConfiguration) else . end',
    'if .UserPoolTags then .UserPoolTags |= with_entries(select(.key | startswith("aws:") | not)) else . end',
    `del(${['Id', 'Name', ...READ_ONLY_FIELDS].map((field) => `.${field}`).join(', ')})`,
  ].join(' | ');
  return [
    `aws cognito-idp describe-user-pool --user-pool-id ${userPoolId} --output json`,
    `jq --arg trigger ${functionArn} '${settings}' > user-pool.json && ` +
      'aws cognito-idp update-user-pool --cli-input-json file://user-pool.json',
  ].join(' | ');
}

/** What DescribeUserPool answers and UpdateUserPool refuses. */
const READ_ONLY_FIELDS = [
  'Id',
  'Name',
  'Arn',
  'Status',
  'CreationDate',
  'LastModifiedDate',
  'SchemaAttributes',
  'AliasAttributes',
  'UsernameAttributes',
  'UsernameConfiguration',
  'Domain',
  'CustomDomain',
  'EstimatedNumberOfUsers',
  'EmailConfigurationFailure',
  'SmsConfigurationFailure',
  'AdminCreateUserConfig.UnusedAccountValidityDays',
];

/**
 * The commands that make a function the post confirmation trigger of an existing user pool and leave all its
 * other settings as they are. They need the AWS CLI and jq.
 *
 * A bare `update-user-pool --lambda-config …` would reset every setting that it is not given.
 *
 * @see https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_UpdateUserPool.html
 */
export function attachTriggerCommand(userPoolId: string, functionArn: string): string {
  const fields = READ_ONLY_FIELDS.map((field) => `.${field}`).join(', ');
  const settings =
    `.UserPool | .UserPoolId = .Id | .PoolName = .Name | .LambdaConfig.PostConfirmation = $trigger | ` +
    `del(${fields})`;
  return [
    `aws cognito-idp describe-user-pool --user-pool-id ${userPoolId}`,
    `jq --arg trigger ${functionArn} '${settings}' > user-pool.json && ` +
      'aws cognito-idp update-user-pool --cli-input-json file://user-pool.json',
  ].join(' | ');
}

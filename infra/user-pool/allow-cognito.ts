import type { IUserPool } from 'aws-cdk-lib/aws-cognito';
import { CfnPermission, type IFunction } from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';

/**
 * Lets exactly this user pool invoke a function.
 *
 * Without the account, every account's Cognito could name this pool's ARN as the source: AWS recommends
 * checking both.
 *
 * @param scope the parent of the permission.
 * @see https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-pools-working-with-lambda-triggers.html
 */
export function allowCognitoToInvoke(
  scope: Construct,
  trigger: IFunction,
  userPool: IUserPool,
): CfnPermission {
  return new CfnPermission(scope, 'InvokedByCognito', {
    action: 'lambda:InvokeFunction',
    functionName: trigger.functionArn,
    principal: 'cognito-idp.amazonaws.com',
    sourceArn: userPool.userPoolArn,
    sourceAccount: userPool.env.account,
  });
}

import { Stack } from 'aws-cdk-lib';
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
export function allowUserPoolToInvoke(
  scope: Construct,
  trigger: IFunction,
  userPool: IUserPool,
): CfnPermission {
  return allowCognitoToInvoke(scope, trigger, userPool.userPoolArn, userPool.env.account);
}

/**
 * Lets the user pools of this account and region invoke a function.
 *
 * A pool of the same stack can wait for this permission. If the permission named that pool, it would have to
 * wait for the pool instead, and a pool that has users already would call the function too early.
 *
 * @param scope the parent of the permission.
 */
export function allowUserPoolsOfAccountToInvoke(scope: Construct, trigger: IFunction): CfnPermission {
  const stack = Stack.of(scope);
  const userPools = stack.formatArn({ service: 'cognito-idp', resource: 'userpool', resourceName: '*' });
  return allowCognitoToInvoke(scope, trigger, userPools, stack.account);
}

function allowCognitoToInvoke(
  scope: Construct,
  trigger: IFunction,
  sourceArn: string,
  sourceAccount: string,
): CfnPermission {
  return new CfnPermission(scope, 'InvokedByCognito', {
    action: 'lambda:InvokeFunction',
    functionName: trigger.functionArn,
    principal: 'cognito-idp.amazonaws.com',
    sourceArn,
    sourceAccount,
  });
}

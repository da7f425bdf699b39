import { DescribeUserPoolCommand } from '@aws-sdk/client-cognito-identity-provider';
import { unlessMissing } from '../shared/in-words';
import { type Outputs, placeOf } from '../shared/outputs';
import { type Check, CheckError } from '../shared/verification';

/** The user pool calls the trigger of this stack. */
export const trigger: Check = {
  name: 'the trigger of the user pool',
  run: async ({ clients: { cognito }, outputs }) => {
    const { UserPoolId } = outputs;
    const { UserPool } =
      (await unlessMissing(cognito.send(new DescribeUserPoolCommand({ UserPoolId })))) ?? {};
    if (!UserPool) throw new CheckError(`there is no user pool ${UserPoolId}`);
    const attached = UserPool.LambdaConfig?.PostConfirmation;
    const expected = triggerArn(outputs);
    if (attached === expected) return outputs.TriggerFunctionName;
    throw new CheckError(
      `the user pool ${UserPoolId} does not call the trigger: its post confirmation trigger is ${attached ?? 'not set'}, not ${expected}`,
    );
  },
};

/** The ARN of the trigger's function. */
export function triggerArn(outputs: Outputs): string {
  const { partition, region, account } = placeOf(outputs);
  return `arn:${partition}:lambda:${region}:${account}:function:${outputs.TriggerFunctionName}`;
}

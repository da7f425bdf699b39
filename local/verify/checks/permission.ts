import { GetPolicyCommand } from '@aws-sdk/client-lambda';
import { unlessMissing } from '../shared/in-words';
import { type Outputs, placeOf } from '../shared/outputs';
import { type Check, CheckError } from '../shared/verification';

interface PermissionStatement {
  readonly Effect: string;
  readonly Principal: string | { readonly Service?: string };
  readonly Action: string;
  readonly Condition?: Record<string, Record<string, string>>;
}

/** Cognito may invoke the trigger for this user pool. */
export const permission: Check = {
  name: 'the permission of Cognito',
  run: async ({ clients: { lambda }, outputs }) => {
    const FunctionName = outputs.TriggerFunctionName;
    const answer = await unlessMissing(lambda.send(new GetPolicyCommand({ FunctionName })));
    const statements: PermissionStatement[] = answer ? JSON.parse(answer.Policy ?? '{}').Statement : [];
    if (statements.some((statement) => allows(statement, outputs)))
      return 'cognito-idp.amazonaws.com may invoke it';
    throw new CheckError(
      `Cognito may not invoke the trigger ${FunctionName}: its resource policy has no statement that allows ` +
        `cognito-idp.amazonaws.com lambda:InvokeFunction for the user pool ${outputs.UserPoolId}`,
    );
  },
};

function allows(
  { Effect, Principal, Action, Condition = {} }: PermissionStatement,
  outputs: Outputs,
): boolean {
  const isCognito = typeof Principal === 'object' && Principal.Service === 'cognito-idp.amazonaws.com';
  return Effect === 'Allow' && isCognito && Action === 'lambda:InvokeFunction' && isMet(Condition, outputs);
}

function isMet(condition: Record<string, Record<string, string>>, outputs: Outputs): boolean {
  const { partition, region, account } = placeOf(outputs);
  const userPoolArn = `arn:${partition}:cognito-idp:${region}:${account}:userpool/${outputs.UserPoolId}`;
  return Object.values(condition)
    .flatMap(Object.entries)
    .every(([key, value]) =>
      key.toLowerCase() === 'aws:sourcearn' ? matches(value, userPoolArn) : value === account,
    );
}

function matches(pattern: string, arn: string): boolean {
  const parts = pattern.split('*').map((part) => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${parts.join('.*')}$`).test(arn);
}

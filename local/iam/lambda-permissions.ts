import type { StackTemplate } from '../aws/template';
import { resourcesOf } from '../aws/template-resources';
import { parseArnPattern } from './policies/patterns';

/** The service that wants to invoke a function, and its resource that causes the invocation. */
export interface ServiceInvocation {
  /** Such as `cognito-idp.amazonaws.com`. */
  readonly principal: string;
  readonly functionArn: string;
  readonly sourceArn: string;
  readonly sourceAccount: string;
}

/** One entry of a function's resource policy. */
export type LambdaPermission = (invocation: ServiceInvocation) => boolean;

/** The services that invoke functions here. What others may do is not read. */
const SERVICES = ['cognito-idp.amazonaws.com', '*'];

/** With one of them, the permission is for the callers of a function's URL, or for accounts of an organization. */
const FOR_OTHERS = ['FunctionUrlAuthType', 'InvokedViaFunctionUrl', 'PrincipalOrgID'];

/** What a template's `AWS::Lambda::Permission` resources allow to the services of the local cloud. */
export function lambdaPermissionsOf(stack: StackTemplate): LambdaPermission[] {
  const permissions = resourcesOf<Record<string, string>>(stack, 'AWS::Lambda::Permission');
  return permissions.flatMap(({ raw, read }) => {
    const isForOtherService = typeof raw.Principal === 'string' && !SERVICES.includes(raw.Principal);
    const isForOthers = isForOtherService || FOR_OTHERS.some((property) => property in raw);
    return isForOthers ? [] : [toPermission(read())];
  });
}

/** A permission is for a function, or for one of its versions or aliases. */
function qualifiedNameIn(functionArn: string): string {
  return functionArn.split(':').slice(6).join(':');
}

function toPermission(properties: Record<string, string>): LambdaPermission {
  const { Action, FunctionName = '', Principal, SourceArn, SourceAccount } = properties;
  const target = FunctionName.startsWith('arn:') ? qualifiedNameIn(FunctionName) : FunctionName;
  const matchesSource = SourceArn === undefined ? () => true : parseArnPattern(SourceArn, () => false);
  const allowsInvoke = ['lambda:InvokeFunction', 'lambda:*', '*'].includes(Action ?? '');
  return ({ principal, functionArn, sourceArn, sourceAccount }) => {
    const isThisFunction = qualifiedNameIn(functionArn) === target;
    const isThisSource = matchesSource(sourceArn, {}) && (SourceAccount ?? sourceAccount) === sourceAccount;
    return allowsInvoke && principal === Principal && isThisFunction && isThisSource;
  };
}

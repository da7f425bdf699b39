import type { StackTemplate } from '../aws/template';
import { resourcesOf } from '../aws/template-resources';
import { parseArnPattern } from './patterns';

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

const PROPERTIES = ['Action', 'FunctionName', 'Principal', 'SourceArn', 'SourceAccount'];

/** The services that invoke functions here. What others may do is not read. */
const SERVICES = ['cognito-idp.amazonaws.com', '*'];

/** They say that the permission is for the callers of a function's URL only. */
const OF_A_URL = ['FunctionUrlAuthType', 'InvokedViaFunctionUrl'];

/**
 * What a template's `AWS::Lambda::Permission` resources allow to the services of the local cloud.
 *
 * @throws Error naming a property that the local cloud cannot evaluate.
 */
export function lambdaPermissionsOf(stack: StackTemplate): LambdaPermission[] {
  const permissions = resourcesOf<Record<string, string>>(stack, 'AWS::Lambda::Permission');
  return permissions.flatMap(({ logicalId, raw, read }) => {
    const names = Object.keys(raw);
    const isForOthers = typeof raw.Principal === 'string' && !SERVICES.includes(raw.Principal);
    if (isForOthers || OF_A_URL.some((property) => names.includes(property))) return [];
    const unknown = names.find((property) => !PROPERTIES.includes(property));
    if (unknown)
      throw new Error(`${logicalId}: the local cloud does not know the property ${unknown} of a permission`);
    return [toPermission(read())];
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

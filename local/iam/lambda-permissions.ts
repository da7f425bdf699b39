import { nameInArn } from '../aws/environment';
import type { Template, TemplateValues } from '../aws/template';
import { parseArnPattern } from './patterns';
import { propertiesOf } from './roles';

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

/**
 * What the template's `AWS::Lambda::Permission` resources allow.
 *
 * @throws Error naming a property that the local cloud cannot evaluate.
 */
export function lambdaPermissionsOf(template: Template, values: TemplateValues): LambdaPermission[] {
  const permissions = propertiesOf<Record<string, string>>(template, values, 'AWS::Lambda::Permission');
  return permissions.map(([logicalId, properties]) => {
    const unknown = Object.keys(properties).find((property) => !PROPERTIES.includes(property));
    if (unknown)
      throw new Error(`${logicalId}: the local cloud does not know the property ${unknown} of a permission`);
    return toPermission(properties);
  });
}

function toPermission(properties: Record<string, string>): LambdaPermission {
  const { Action, FunctionName = '', Principal, SourceArn, SourceAccount } = properties;
  const name = FunctionName.startsWith('arn:') ? nameInArn(FunctionName) : FunctionName;
  const matchesSource = SourceArn === undefined ? () => true : parseArnPattern(SourceArn, () => false);
  const allowsInvoke = ['lambda:InvokeFunction', 'lambda:*', '*'].includes(Action ?? '');
  return ({ principal, functionArn, sourceArn, sourceAccount }) => {
    const isThisFunction = nameInArn(functionArn) === name;
    const isThisSource = matchesSource(sourceArn, {}) && (SourceAccount ?? sourceAccount) === sourceAccount;
    return allowsInvoke && principal === Principal && isThisFunction && isThisSource;
  };
}

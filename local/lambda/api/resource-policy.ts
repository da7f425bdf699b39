import type { StackTemplate } from '../../aws/template';
import { resourcesOf } from '../../aws/template-resources';

/** A statement of a function's resource policy. */
export interface PermissionStatement {
  readonly Sid: string;
  readonly Effect: 'Allow';
  readonly Principal: unknown;
  readonly Action: string;
  readonly Resource: string;
  readonly Condition?: Record<string, Record<string, string>>;
}

interface PermissionProperties {
  readonly Action: string;
  readonly FunctionName: string;
  readonly Principal: string;
  readonly SourceArn?: string;
  readonly SourceAccount?: string;
}

/**
 * The resource policy of a function, as Lambda makes it of the permissions of a template.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/api/API_AddPermission.html
 */
export function resourcePolicyOf(
  stacks: readonly StackTemplate[],
  functionArn: string,
): PermissionStatement[] {
  return stacks.flatMap((stack) => {
    const permissions = resourcesOf<PermissionProperties>(stack, 'AWS::Lambda::Permission');
    return permissions
      .map(({ logicalId, read }) => ({ logicalId, properties: read() }))
      .filter(({ properties }) => [functionArn, nameIn(functionArn)].includes(properties.FunctionName))
      .map(({ logicalId, properties }) => statementOf(logicalId, properties, functionArn));
  });
}

function statementOf(Sid: string, properties: PermissionProperties, Resource: string): PermissionStatement {
  const { Action, Principal, SourceArn, SourceAccount } = properties;
  const Condition = {
    ...(SourceAccount && { StringEquals: { 'AWS:SourceAccount': SourceAccount } }),
    ...(SourceArn && { ArnLike: { 'AWS:SourceArn': SourceArn } }),
  };
  return {
    Sid,
    Effect: 'Allow',
    Principal: principalOf(Principal),
    Action,
    Resource,
    ...(Object.keys(Condition).length > 0 && { Condition }),
  };
}

function principalOf(principal: string): unknown {
  if (principal === '*') return '*';
  return principal.includes('.') ? { Service: principal } : { AWS: principal };
}

function nameIn(functionArn: string): string {
  return functionArn.split(':')[6] ?? '';
}

import type { Template, TemplateResource } from '../../local/cloud-assembly';

type Resources = Record<string, TemplateResource>;

/** Lets members of the group read their own records, by a principal tag; a template that does so already stays. */
export function allowMembersToRead({ Resources }: Template): void {
  const resources = Resources as Resources;
  if (Object.values(resources).some(({ Type }) => Type === 'AWS::Cognito::IdentityPoolPrincipalTag')) return;
  const [role, roleResource] = find(resources, 'AWS::IAM::Role', (json) =>
    json.includes('AssumeRoleWithWebIdentity'),
  );
  const [identityPool] = find(resources, 'AWS::Cognito::IdentityPool');
  const [userPool] = find(resources, 'AWS::Cognito::UserPool');
  const [table] = find(resources, 'AWS::DynamoDB::GlobalTable');
  const trust = roleResource.Properties?.AssumeRolePolicyDocument as { Statement: { Action: unknown }[] };
  for (const statement of trust.Statement)
    statement.Action = ['sts:AssumeRoleWithWebIdentity', 'sts:TagSession'];
  resources.PrincipalTag = {
    Type: 'AWS::Cognito::IdentityPoolPrincipalTag',
    Properties: {
      IdentityPoolId: { Ref: identityPool },
      IdentityProviderName: { 'Fn::GetAtt': [userPool, 'ProviderName'] },
      UseDefaults: false,
      PrincipalTags: { sub: 'sub' },
    },
  };
  resources.MembersPolicy = {
    Type: 'AWS::IAM::Policy',
    Properties: {
      PolicyName: 'MembersPolicy',
      Roles: [{ Ref: role }],
      PolicyDocument: {
        Version: '2012-10-17',
        Statement: {
          Effect: 'Allow',
          Action: ['dynamodb:GetItem', 'dynamodb:Query'],
          Resource: { 'Fn::GetAtt': [table, 'Arn'] },
          Condition: {
            'ForAllValues:StringEquals': { 'dynamodb:LeadingKeys': [`USER#${'$'}{aws:PrincipalTag/sub}`] },
            Null: { 'dynamodb:LeadingKeys': 'false' },
          },
        },
      },
    },
  };
}

function find(
  resources: Resources,
  type: string,
  fits = (_json: string) => true,
): [string, TemplateResource] {
  const found = Object.entries(resources).find(([, resource]) => {
    return resource.Type === type && fits(JSON.stringify(resource));
  });
  if (!found) throw new Error(`the template has no ${type}`);
  return found;
}

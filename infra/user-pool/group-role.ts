import { Stack } from 'aws-cdk-lib';
import {
  CfnIdentityPool,
  CfnIdentityPoolPrincipalTag,
  CfnIdentityPoolRoleAttachment,
  type IUserPool,
  type IUserPoolClient,
} from 'aws-cdk-lib/aws-cognito';
import type { ITable } from 'aws-cdk-lib/aws-dynamodb';
import { PolicyStatement, Role, WebIdentityPrincipal } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { Construct } from 'constructs';
import { parseTemplate } from '../../functions/onboarding/template';
import type { ResolvedRecord } from '../record/user-record';
import { cognitoIdentityPrincipal } from '../settings/partition';

/** The groups, how their members sign in, and the table with their records. */
export interface GroupRoleProps {
  readonly groupNames: readonly string[];
  readonly userPool: IUserPool;
  readonly userPoolClient: IUserPoolClient;
  readonly table: ITable;
  readonly record: ResolvedRecord;
}

/**
 * The IAM role that a group's members take on through an identity pool: it lets each member read
 * their own record, if the partition key is made of their `sub` and nothing else of them.
 *
 * The identity pool passes the `sub` of the token on as a session tag. The role's policy uses it to tell
 * users apart.
 *
 * @see https://docs.aws.amazon.com/cognito/latest/developerguide/using-afac-with-cognito-identity-pools.html
 */
export class GroupRole extends Construct {
  readonly role: Role;
  readonly identityPool: CfnIdentityPool;

  constructor(
    scope: Construct,
    id: string,
    private readonly props: GroupRoleProps,
  ) {
    super(scope, id);
    this.identityPool = this.createIdentityPool();
    this.role = this.createRole();
    this.mapTokenToRole();
  }

  private createIdentityPool(): CfnIdentityPool {
    const { userPool, userPoolClient } = this.props;
    return new CfnIdentityPool(this, 'IdentityPool', {
      allowUnauthenticatedIdentities: false,
      cognitoIdentityProviders: [
        {
          clientId: userPoolClient.userPoolClientId,
          providerName: userPool.userPoolProviderName,
          serverSideTokenCheck: true,
        },
      ],
    });
  }

  private createRole(): Role {
    const { groupNames, table, record } = this.props;
    const principal = cognitoIdentityPrincipal(this);
    const role = new Role(this, 'Role', {
      description: `Members of the user pool group ${groupNames.join(' or ')}`.slice(0, 1000),
      assumedBy: new WebIdentityPrincipal(principal, {
        StringEquals: { [`${principal}:aud`]: this.identityPool.ref },
        'ForAnyValue:StringLike': { [`${principal}:amr`]: 'authenticated' },
      }).withSessionTags(),
    });
    const leadingKey = leadingKeyOf(record);
    if (!leadingKey) return role;
    role.addToPolicy(
      new PolicyStatement({
        actions: ['dynamodb:GetItem'],
        resources: [table.tableArn],
        conditions: {
          // Without the tag the variable has no value, and the statement allows nothing.
          'ForAllValues:StringEquals': { 'dynamodb:LeadingKeys': [leadingKey] },
          // ForAllValues is also true for a request without the key.
          Null: { 'dynamodb:LeadingKeys': 'false' },
        },
      }),
    );
    if (table.encryptionKey) role.addToPolicy(this.decryptByDynamoDbOnly(table.encryptionKey));
    return role;
  }

  /** The members are end users: DynamoDB may use the key for them, but they may not use it directly. */
  private decryptByDynamoDbOnly(key: IKey): PolicyStatement {
    const service = `dynamodb.${Stack.of(this).region}.amazonaws.com`;
    return new PolicyStatement({
      actions: ['kms:Decrypt'],
      resources: [key.keyArn],
      conditions: { StringEquals: { 'kms:ViaService': service } },
    });
  }

  private mapTokenToRole(): void {
    const { userPool, userPoolClient } = this.props;
    new CfnIdentityPoolPrincipalTag(this, 'PrincipalTag', {
      identityPoolId: this.identityPool.ref,
      identityProviderName: userPool.userPoolProviderName,
      useDefaults: false,
      principalTags: { sub: 'sub' },
    });
    new CfnIdentityPoolRoleAttachment(this, 'RoleAttachment', {
      identityPoolId: this.identityPool.ref,
      // Users without a group get no role. The field is here because the API requires it.
      roles: {},
      roleMappings: {
        // The role is the group's role, read from the token. A user without one gets no credentials.
        userPool: {
          type: 'Token',
          ambiguousRoleResolution: 'Deny',
          identityProvider: `${userPool.userPoolProviderName}:${userPoolClient.userPoolClientId}`,
        },
      },
    });
  }
}

/** The partition key of a member's own record, with their session's tag; `undefined` if the tag cannot say it. */
function leadingKeyOf({ key }: ResolvedRecord): string | undefined {
  const parts = parseTemplate(Object.values(key)[0] ?? '');
  const names = parts.flatMap((part) => ('placeholder' in part ? part.placeholder : []));
  if (names.length === 0 || names.some((name) => name !== 'sub')) return undefined;
  return parts.map((part) => ('text' in part ? part.text : '${aws:PrincipalTag/sub}')).join('');
}

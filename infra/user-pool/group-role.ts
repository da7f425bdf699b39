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

/** The group, how its members sign in, and the table with their records. */
export interface GroupRoleProps {
  readonly groupName: string;
  readonly userPool: IUserPool;
  readonly userPoolClient: IUserPoolClient;
  readonly table: ITable;
  /** What comes before the user's `sub` in the table's partition key. */
  readonly keyPrefix: string;
}

/**
 * The IAM role that a group's members take on through an identity pool: it lets each member read
 * their own record.
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
    const { groupName, table, keyPrefix } = this.props;
    const role = new Role(this, 'Role', {
      description: `Members of the user pool group ${groupName}`,
      assumedBy: new WebIdentityPrincipal('cognito-identity.amazonaws.com', {
        StringEquals: { 'cognito-identity.amazonaws.com:aud': this.identityPool.ref },
        'ForAnyValue:StringLike': { 'cognito-identity.amazonaws.com:amr': 'authenticated' },
      }).withSessionTags(),
    });
    role.addToPolicy(
      new PolicyStatement({
        actions: ['dynamodb:GetItem'],
        resources: [table.tableArn],
        // Without the tag the variable has no value, and the statement allows nothing.
        conditions: {
          'ForAllValues:StringEquals': { 'dynamodb:LeadingKeys': [`${keyPrefix}\${aws:PrincipalTag/sub}`] },
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

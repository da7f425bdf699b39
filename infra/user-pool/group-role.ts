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

/** Whose role it is, how they sign in, and which of their records they may read. */
export interface GroupRoleProps {
  readonly groupName: string;
  readonly userPool: IUserPool;
  readonly userPoolClient: IUserPoolClient;
  readonly table: ITable;
  /** What comes before the user's `sub` in the table's partition key. */
  readonly keyPrefix: string;
}

/**
 * The IAM role that a group's members take on through an identity pool: it lets each read their own record.
 *
 * The identity pool hands the `sub` of the token on as a tag of the session, by which the role's policy tells
 * one user from another.
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

  /** The members are end users: the key is for what DynamoDB decrypts for them, and for nothing in their hands. */
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
      // No role for those without a group, said explicitly: the API requires the field.
      roles: {},
      roleMappings: {
        // The role is the one in the token (the group's); a user without it gets no credentials.
        userPool: {
          type: 'Token',
          ambiguousRoleResolution: 'Deny',
          identityProvider: `${userPool.userPoolProviderName}:${userPoolClient.userPoolClientId}`,
        },
      },
    });
  }
}

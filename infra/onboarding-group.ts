import {
  CfnIdentityPool,
  CfnIdentityPoolRoleAttachment,
  type UserPool,
  type UserPoolClient,
  UserPoolGroup,
} from 'aws-cdk-lib/aws-cognito';
import { Role, WebIdentityPrincipal } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';

/** The user pool, its app client, and the name of the group to create in it. */
export interface OnboardingGroupProps {
  readonly userPool: UserPool;
  readonly userPoolClient: UserPoolClient;
  readonly groupName: string;
}

/** The group that onboarded users join, and the IAM role that its members take on through an identity pool. */
export class OnboardingGroup extends Construct {
  readonly group: UserPoolGroup;
  readonly role: Role;
  readonly identityPool: CfnIdentityPool;

  constructor(scope: Construct, id: string, props: OnboardingGroupProps) {
    super(scope, id);
    const { userPool, userPoolClient, groupName } = props;
    this.identityPool = new CfnIdentityPool(this, 'IdentityPool', {
      allowUnauthenticatedIdentities: false,
      cognitoIdentityProviders: [
        {
          clientId: userPoolClient.userPoolClientId,
          providerName: userPool.userPoolProviderName,
          serverSideTokenCheck: true,
        },
      ],
    });
    this.role = new Role(this, 'Role', {
      description: `Members of the user pool group ${groupName}`,
      assumedBy: new WebIdentityPrincipal('cognito-identity.amazonaws.com', {
        StringEquals: { 'cognito-identity.amazonaws.com:aud': this.identityPool.ref },
        'ForAnyValue:StringLike': { 'cognito-identity.amazonaws.com:amr': 'authenticated' },
      }),
    });
    this.group = new UserPoolGroup(this, 'Group', {
      userPool,
      groupName,
      role: this.role,
      description: 'Users whose onboarding has begun',
    });
    new CfnIdentityPoolRoleAttachment(this, 'RoleAttachment', {
      identityPoolId: this.identityPool.ref,
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

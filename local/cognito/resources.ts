import { arn } from '../aws/environment';
import { idOf, nameOnly, seedOf } from '../aws/identity';
import type { Resource, ResourceTypes } from '../aws/resource-type';
import type { Cognito } from './cognito';
import type { IdentityProviderProperties } from './federation/identity-providers';
import {
  IDENTITY_PROVIDER,
  USER_POOL,
  USER_POOL_CLIENT,
  USER_POOL_GROUP,
  USER_POOL_USER,
  USER_POOL_USER_TO_GROUP_ATTACHMENT,
} from './properties';
import type {
  UserPoolClientProperties,
  UserPoolGroupProperties,
  UserPoolProperties,
} from './user-pool-properties';

interface CognitoServices {
  readonly cognito: Cognito;
}

interface InUserPool {
  readonly UserPoolId: string;
}

/** The types of Cognito user pools. */
export const COGNITO_RESOURCES: ResourceTypes<CognitoServices> = {
  'AWS::Cognito::UserPool': {
    properties: USER_POOL,
    identify: ({ name, environment }) => {
      const id = `${environment.region}_${idOf(seedOf({ name, environment }), 9)}`;
      const provider = `cognito-idp.${environment.region}.amazonaws.com/${id}`;
      return {
        ref: id,
        attributes: {
          UserPoolId: id,
          Arn: arn('cognito-idp', `userpool/${id}`, environment),
          ProviderName: provider,
          ProviderURL: `https://${provider}`,
        },
      };
    },
    create: ({ cognito }, { ref, arn: poolArn, properties }: Resource<UserPoolProperties>) =>
      cognito.createUserPool(ref, properties, poolArn),
    delete: ({ cognito }, { ref }) => cognito.deleteUserPool(ref),
  },
  'AWS::Cognito::UserPoolClient': {
    properties: USER_POOL_CLIENT,
    identify: (naming) => {
      const id = idOf(seedOf(naming), 26);
      return { ref: id, attributes: { ClientId: id, ClientSecret: secretOf(id) } };
    },
    create: ({ cognito }, { ref, properties }: Resource<UserPoolClientProperties>) =>
      cognito.createUserPoolClient(ref, secretOf(ref), properties),
    delete: ({ cognito }, { ref: ClientId, properties: { UserPoolId } }: Resource<InUserPool>) =>
      cognito.perform('DeleteUserPoolClient', { UserPoolId, ClientId }),
  },
  'AWS::Cognito::UserPoolIdentityProvider': {
    properties: IDENTITY_PROVIDER,
    nameProperty: 'ProviderName',
    maxNameLength: 32,
    identify: nameOnly,
    create: ({ cognito }, { properties }: Resource<IdentityProviderProperties>) =>
      cognito.createIdentityProvider(properties),
  },
  'AWS::Cognito::UserPoolGroup': {
    properties: USER_POOL_GROUP,
    nameProperty: 'GroupName',
    maxNameLength: 128,
    identify: nameOnly,
    create: ({ cognito }, { ref, properties }: Resource<UserPoolGroupProperties>) =>
      cognito.createUserPoolGroup(ref, properties),
    delete: ({ cognito }, { ref: GroupName, properties: { UserPoolId } }: Resource<InUserPool>) =>
      cognito.perform('DeleteGroup', { UserPoolId, GroupName }),
  },
  'AWS::Cognito::UserPoolUser': {
    nameProperty: 'Username',
    maxNameLength: 128,
    properties: USER_POOL_USER,
    identify: nameOnly,
    create: ({ cognito }, { ref: Username, properties }: Resource<InUserPool>) =>
      cognito.perform('AdminCreateUser', { ...properties, Username }),
    delete: ({ cognito }, { ref: Username, properties: { UserPoolId } }: Resource<InUserPool>) =>
      cognito.perform('AdminDeleteUser', { UserPoolId, Username }),
  },
  'AWS::Cognito::UserPoolUserToGroupAttachment': {
    properties: USER_POOL_USER_TO_GROUP_ATTACHMENT,
    identify: ({ property }) => {
      const parts = ['UserPoolId', 'GroupName', 'Username'].map((name) => String(property(name)));
      return { ref: parts.join('|'), attributes: {} };
    },
    create: ({ cognito }, { properties }: Resource<InUserPool>) =>
      cognito.perform('AdminAddUserToGroup', { ...properties }),
    delete: ({ cognito }, { properties }: Resource<InUserPool>) =>
      cognito.perform('AdminRemoveUserFromGroup', { ...properties }),
  },
};

/** Other resources can refer to the secret, so it is known before the client is created. */
function secretOf(clientId: string): string {
  return idOf(`${clientId} secret`, 51);
}

import { idOf, nameOnly, seedOf } from '../aws/identity';
import type { Resource, ResourceTypes } from '../aws/resource-type';
import type {
  CognitoIdentity,
  IdentityPoolProperties,
  PrincipalTagProperties,
  RoleAttachmentProperties,
} from './cognito-identity';
import { IDENTITY_POOL, PRINCIPAL_TAG, ROLE_ATTACHMENT } from './properties';

interface CognitoIdentityServices {
  readonly cognitoIdentity: CognitoIdentity;
}

/** The types of Cognito identity pools. */
export const COGNITO_IDENTITY_RESOURCES: ResourceTypes<CognitoIdentityServices> = {
  'AWS::Cognito::IdentityPool': {
    properties: IDENTITY_POOL,
    identify: ({ name, environment }) => ({
      ref: `${environment.region}:${idOf(seedOf({ name, environment }), 32)}`,
      attributes: { Name: name },
    }),
    create: ({ cognitoIdentity }, { ref, properties }: Resource<IdentityPoolProperties>) =>
      cognitoIdentity.createIdentityPool(ref, properties),
  },
  'AWS::Cognito::IdentityPoolRoleAttachment': {
    properties: ROLE_ATTACHMENT,
    identify: nameOnly,
    create: ({ cognitoIdentity }, { properties }: Resource<RoleAttachmentProperties>) =>
      cognitoIdentity.attachRoles(properties),
  },
  'AWS::Cognito::IdentityPoolPrincipalTag': {
    properties: PRINCIPAL_TAG,
    identify: nameOnly,
    create: ({ cognitoIdentity }, { properties }: Resource<PrincipalTagProperties>) =>
      cognitoIdentity.mapPrincipalTags(properties),
  },
};

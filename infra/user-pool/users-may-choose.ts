import { Annotations, Reference, Tokenization } from 'aws-cdk-lib';
import { CfnUserPoolClient, type IUserPool } from 'aws-cdk-lib/aws-cognito';
import type { Construct, IConstruct } from 'constructs';

/** Attributes that no app client lets users write. */
const NEVER_WRITABLE = ['email_verified', 'phone_number_verified', 'identities'];

/**
 * Only an administrator can write these attributes.
 *
 * @see https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_SchemaAttributeType.html
 */
const DEVELOPER_ONLY = 'dev:custom:';

/**
 * Makes synthesis fail if an app client of the user pool, in this app, lets users write an attribute. Where no
 * app client is known, it warns.
 *
 * An app client without `writeAttributes`, or with an empty list, lets users write all attributes. An immutable
 * one can still be written at sign-up.
 *
 * @see https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_CreateUserPoolClient.html
 */
export function refuseUsersChoice(scope: Construct, userPool: IUserPool, attribute: string): void {
  if (NEVER_WRITABLE.includes(attribute) || attribute.startsWith(DEVELOPER_ONLY)) return;
  scope.node.addValidation({
    validate: () => {
      const clients = clientsOf(userPool);
      if (clients.length === 0) warn(scope, attribute);
      return clients
        .filter((client) => letsWrite(client, attribute))
        .map((client) => errorFor(client, attribute));
    },
  });
}

function clientsOf(userPool: IUserPool): CfnUserPoolClient[] {
  const pool = poolOf(userPool.userPoolId);
  return userPool.node.root.node
    .findAll()
    .filter((construct): construct is CfnUserPoolClient => construct instanceof CfnUserPoolClient)
    .filter((client) => poolOf(client.userPoolId) === pool);
}

/** The resource of a user pool that an id refers to, or the id itself. */
function poolOf(userPoolId: string): IConstruct | string {
  const token = Tokenization.reverse(userPoolId, { failConcat: false });
  return Reference.isReference(token) ? token.target : userPoolId;
}

function letsWrite(client: CfnUserPoolClient, attribute: string): boolean {
  const writable: unknown = client.stack.resolve(client.writeAttributes);
  return !Array.isArray(writable) || writable.length === 0 || writable.includes(attribute);
}

function errorFor(client: CfnUserPoolClient, attribute: string): string {
  return (
    `the group is chosen by ${attribute}, and the app client ${client.node.path} lets users write it, so that ` +
    'they can choose their group themselves: name the attributes that they may write in its writeAttributes, ' +
    'or set usersMayChoose to true if that is right'
  );
}

function warn(scope: Construct, attribute: string): void {
  Annotations.of(scope).addWarningV2(
    'confirmed-user-onboarding:usersMayChoose',
    `the group is chosen by ${attribute}, and no app client of the user pool is known here: make sure that none ` +
      'lets users write it (one without writeAttributes lets them write everything), or set usersMayChoose to true',
  );
}

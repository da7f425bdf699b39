import { Annotations, Arn, ArnFormat, Stack, Token } from 'aws-cdk-lib';
import type { CfnUserPool, IUserPool } from 'aws-cdk-lib/aws-cognito';
import { AttributeType, type ITable, Table } from 'aws-cdk-lib/aws-dynamodb';
import type { Construct } from 'constructs';
import type { ResolvedRecordFormat } from '../record/record-format';
import type { UserOnboardingProps } from '../user-onboarding-props';
import { userPoolResourceOf } from './post-confirmation-trigger';

/** @throws Error for a user pool of another region, or props that one of the same stack cannot have. */
export function assertFitsUserPool(scope: Construct, userPool: IUserPool, props: UserOnboardingProps): void {
  assertSameRegion(scope, 'userPool', userPool.userPoolArn);
  const resource = userPoolResourceOf(userPool, scope);
  if (resource) assertFitsOwnUserPool(props);
  if (props.requireVerifiedEmail === undefined) warnUnlessVerified(scope, resource);
}

function assertFitsOwnUserPool({ attachTrigger, groupName }: UserOnboardingProps): void {
  if (attachTrigger) {
    throw new Error('attachTrigger is for a user pool of another stack: this one has it as a property');
  }
  if (Token.isUnresolved(groupName)) {
    // The pool waits for its trigger, that for the function with the group's name, and the group for the pool.
    throw new Error(
      'groupName must be known at synthesis for a user pool of the same stack: as the attribute of a group, it ' +
        'would close a circle of dependencies',
    );
  }
}

function warnUnlessVerified(scope: Construct, resource: CfnUserPool | undefined): void {
  const verified: unknown = resource?.stack.resolve(resource.autoVerifiedAttributes);
  if (Array.isArray(verified) && verified.includes('email')) return;
  const reason = resource
    ? 'the user pool does not verify e-mail addresses'
    : 'whether the user pool verifies e-mail addresses is not known here';
  Annotations.of(scope).addWarningV2(
    'confirmed-user-onboarding:requireVerifiedEmail',
    `${reason}, and only users with a verified one are onboarded: set requireVerifiedEmail to true if the pool ` +
      'or your application verifies them, and to false otherwise',
  );
}

/** The functions call the services of their own region. */
function assertSameRegion(scope: Construct, prop: string, arn: string): void {
  const { region } = Stack.of(scope);
  if (Token.isUnresolved(region) || Token.isUnresolved(arn)) return;
  const actual = Arn.split(arn, ArnFormat.SLASH_RESOURCE_NAME).region;
  if (region !== actual) throw new Error(`${prop} must be of the stack's region ${region}, got: ${arn}`);
}

/** @throws Error for a table of another region, or one that is known to have other keys than the records. */
export function assertFitsTable(
  scope: Construct,
  table: ITable,
  { partitionKey, sortKey }: ResolvedRecordFormat,
): void {
  assertSameRegion(scope, 'table', table.tableArn);
  if (!(table instanceof Table)) return;
  const { partitionKeys, sortKeys } = table.schemaV2();
  const actual = [...partitionKeys, ...sortKeys];
  const isString = actual.every(({ type }) => type === AttributeType.STRING);
  const names = actual.map(({ name }) => name);
  const expected = [partitionKey, ...(sortKey ? [sortKey] : [])];
  if (isString && names.join() === expected.join()) return;
  const keys = actual.map(({ name, type }) => `${name} (${type})`).join(', ');
  throw new Error(
    `the table's keys must be those of the records, ${expected.join(' and ')}, and strings, got: ${keys}; ` +
      'name the keys in record',
  );
}

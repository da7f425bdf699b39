import { Annotations, Token } from 'aws-cdk-lib';
import type { IUserPool } from 'aws-cdk-lib/aws-cognito';
import { AttributeType, type ITable, Table } from 'aws-cdk-lib/aws-dynamodb';
import type { Construct } from 'constructs';
import { userPoolResourceOf } from './post-confirmation-trigger';
import type { ResolvedRecordFormat } from './record-format';
import type { UserOnboardingProps } from './user-onboarding-props';

/** @throws Error for props that a user pool of the same stack cannot have. */
export function assertFitsUserPool(scope: Construct, userPool: IUserPool, props: UserOnboardingProps): void {
  const resource = userPoolResourceOf(userPool, scope);
  if (!resource) return;
  if (props.attachTrigger) {
    throw new Error('attachTrigger is for a user pool of another stack: this one has it as a property');
  }
  if (Token.isUnresolved(props.groupName)) {
    // The pool waits for its trigger, that for the function with the group's name, and the group for the pool.
    throw new Error(
      'groupName must be a literal for a user pool of the same stack, not the attribute of a group, which ' +
        'would close a circle of dependencies',
    );
  }
  const verified: unknown = resource.stack.resolve(resource.autoVerifiedAttributes);
  if (props.requireVerifiedEmail !== undefined) return;
  if (Array.isArray(verified) && verified.includes('email')) return;
  Annotations.of(scope).addWarningV2(
    'confirmed-user-onboarding:requireVerifiedEmail',
    'the user pool does not verify e-mail addresses, and only users with a verified one are onboarded: set ' +
      'requireVerifiedEmail to false, or to true if your application verifies them',
  );
}

/** @throws Error if the table is known to have other keys than the records. */
export function assertFitsTable(table: ITable, { partitionKey, sortKey }: ResolvedRecordFormat): void {
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

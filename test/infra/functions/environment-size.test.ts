import { Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { AttributeType, Table } from 'aws-cdk-lib/aws-dynamodb';
import { OnboardingGroup, UserOnboarding, type UserOnboardingProps } from '../../../infra/user-onboarding';
import { testApp } from '../../support/stack';

const synthesize = (propsOf: (stack: Stack) => UserOnboardingProps) => () => {
  const stack = new Stack(testApp(), 'Stack');
  new UserOnboarding(stack, 'Onboarding', propsOf(stack));
  return Template.fromStack(stack);
};

const domains = (count: number) =>
  OnboardingGroup.byEmailDomain(
    Object.fromEntries(
      Array.from({ length: count }, (_, index) => [`company-${index}.example`, 'customers']),
    ),
  );

/** A table with indexes whose keys have long names, and a record that fills them. */
function withIndexes(stack: Stack, count: number): UserOnboardingProps {
  const partitionKey = { name: 'PK', type: AttributeType.STRING };
  const sortKey = { name: 'SK', type: AttributeType.STRING };
  const table = new Table(stack, 'Table', { partitionKey, sortKey });
  const names = Array.from({ length: count }, (_, index) => `${'k'.repeat(90)}${index}`);
  for (const [index, name] of names.entries()) {
    table.addGlobalSecondaryIndex({
      indexName: `Index${index}`,
      partitionKey: { name, type: AttributeType.STRING },
    });
  }
  return { table, record: { attributes: Object.fromEntries(names.map((name) => [name, '<sub>'])) } };
}

const text = (value: string) => () => ({ record: { attributes: { text: value } } });

test.each<[string, (stack: Stack) => UserOnboardingProps, RegExp]>([
  [
    'a rule with many domains',
    () => ({ group: domains(150) }),
    /variables of Stack\/Onboarding\/AddUserToGroupFunction have \d+ bytes of JSON, and Lambda accepts 4096: the largest is GROUP_RULE with \d+, which holds the values and names of group/,
  ],
  [
    'the same rule, of which another function has less room',
    () => ({ group: domains(150) }),
    /variables of Stack\/Onboarding\/Reconciliation\/ReconcileUsersFunction have \d+ bytes/,
  ],
  ['a long text', text('x'.repeat(4_000)), /the largest is RECORD_ATTRIBUTES with \d+, which holds/],
  ['a text whose characters have two bytes', text('ü'.repeat(2_900)), /RECORD_ATTRIBUTES with 5837/],
  ['quotation marks, which JSON escapes', text('"'.repeat(1_300)), /RECORD_ATTRIBUTES with/],
  ['keys of indexes', (stack) => withIndexes(stack, 20), /PutUserRecordFunction have \d+ bytes/],
])('%s: more than fits into the environment is refused', (_, propsOf, message) => {
  expect(synthesize(propsOf)).toThrow(message);
});

test.each<[string, (stack: Stack) => UserOnboardingProps]>([
  ['a rule with fewer domains', () => ({ group: domains(80) })],
  ['a text of 3,000 characters', text('x'.repeat(3_000))],
  ['keys of some indexes', (stack) => withIndexes(stack, 8)],
])('%s fits', (_, propsOf) => {
  expect(synthesize(propsOf)).not.toThrow();
});

test('a variable that the application adds counts, too', () => {
  const stack = new Stack(testApp(), 'Stack');
  const { triggerFunction } = new UserOnboarding(stack, 'Onboarding');
  triggerFunction.addEnvironment('CERTIFICATE', 'x'.repeat(3_900));

  expect(() => Template.fromStack(stack)).toThrow(/the largest is CERTIFICATE with 3916$/m);
});

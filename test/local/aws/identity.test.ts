import { generatedName } from '../../../local/aws/identity';

test('a name is the stack and the logical id', () => {
  expect(generatedName('Shop', 'Table', 64)).toBe('Shop-Table');
});

// The first was seen on AWS as MyStackDev-MyNestedApplicatio-MyLambdaFunctionName-1U44TLUZ7OR55, with at most 64.
test.each([
  [
    'MyStackDev-MyNestedApplicationStack',
    'MyLambdaFunctionName',
    55,
    'MyStackDev-MyNestedApplic-MyLambdaFunctionName-',
  ],
  [
    'UserOnboarding',
    'OnboardingReconciliationReconcileUsersFunction94E70000',
    64,
    'UserOnboarding-OnboardingReconciliationReconcileUsersFu-',
  ],
  ['A'.repeat(60), 'B'.repeat(60), 64, `${'A'.repeat(27)}-${'B'.repeat(27)}-`],
  ['Shop-Auth', `${'B'.repeat(44)}-${'C'.repeat(20)}`, 64, `Shop-Auth-${'B'.repeat(44)}-`],
])('%s and %s, at most %i characters', (stackName, logicalId, maxLength, beginning) => {
  const name = generatedName(stackName, logicalId, maxLength);

  expect(name).toMatch(new RegExp(`^${beginning}[A-Z0-9]{8}$`));
  expect(name.length).toBeLessThanOrEqual(maxLength);
  expect(generatedName(stackName, logicalId, maxLength)).toBe(name);
  expect(generatedName(stackName, `${logicalId}2`, maxLength)).not.toBe(name);
});

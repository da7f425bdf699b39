import { Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { StringAttribute, UserPool } from 'aws-cdk-lib/aws-cognito';
import { UserOnboarding, type UserOnboardingProps } from '../../../infra/user-onboarding';
import { testApp, warningsIn } from '../../support/stack';

function synthesize(props: UserOnboardingProps): string {
  const stack = new Stack(testApp(), 'Stack');
  const userPool = new UserPool(stack, 'UserPool', {
    autoVerify: { email: true },
    standardAttributes: {
      birthdate: { mutable: false },
      locale: { mutable: true },
    },
    customAttributes: {
      tenant: new StringAttribute({ mutable: false }),
      plan: new StringAttribute({ mutable: true }),
    },
  });
  new UserOnboarding(stack, 'Onboarding', { userPool, ...props });
  Template.fromStack(stack);
  return warningsIn(stack);
}

const attributes = { a: '<custom:plan> <email>' };

test('a custom attribute that the user pool lacks is refused', () => {
  expect(() => synthesize({ record: { attributes: { plan: '<custom:plna>' } } })).toThrow(
    'the user pool Stack/UserPool/Resource has no attribute custom:plna; its custom attributes: custom:tenant, custom:plan',
  );
});

test('attributes that the user pool has are accepted', () => {
  expect(() => synthesize({ record: { attributes } })).not.toThrow();
});

test('a new user pool has no custom attributes', () => {
  expect(() => synthesize({ userPool: undefined, record: { attributes } })).toThrow(
    /Onboarding\/Users\/UserPool\/Resource has no attribute custom:plan; its custom attributes: none/,
  );
});

test.each<[string, boolean]>([
  ['custom:tenant', false],
  ['custom:plan', true],
  ['email', true],
  ['birthdate', false],
  ['locale', true],
])('a key with <%s> is warned of: %s', (name, isWarned) => {
  const warnings = synthesize({ record: { key: { PK: `<${name}>`, SK: '<sub>' } } });

  expect(warnings.includes(`record.key holds <${name}>, which is not known to be immutable`)).toBe(isWarned);
});

test('nobody is warned of a key with <sub> alone', () => {
  expect(synthesize({})).not.toContain('record.key holds');
});

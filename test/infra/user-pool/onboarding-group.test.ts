import { CfnParameter, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { type CfnUserPool, StringAttribute, UserPool, UserPoolClient } from 'aws-cdk-lib/aws-cognito';
import { OnboardingGroup, UserOnboarding, type UserOnboardingProps } from '../../../infra/user-onboarding';
import { testApp, warningsIn } from '../../support/stack';

const BY_PLAN = OnboardingGroup.byAttribute(
  'custom:plan',
  { pro: 'professionals', free: 'customers', trial: 'customers' },
  { otherwise: 'guests', usersMayChoose: true },
);

function templateWith(propsOf: (stack: Stack) => UserOnboardingProps): Template {
  const stack = new Stack(testApp(), 'Stack');
  new UserOnboarding(stack, 'Onboarding', propsOf(stack));
  return Template.fromStack(stack);
}

/** A user pool in which users have a plan, and in which the groups are created. */
function withPlan(stack: Stack): UserOnboardingProps {
  const userPool = new UserPool(stack, 'UserPool', {
    autoVerify: { email: true },
    customAttributes: { plan: new StringAttribute() },
  });
  return { userPool, userPoolClient: userPool.addClient('Web'), createGroups: true };
}

function environmentOf(template: Template, name: string): Record<string, unknown> | undefined {
  const functions = Object.entries(template.findResources('AWS::Lambda::Function'));
  return functions.find(([logicalId]) => logicalId.includes(name))?.[1].Properties.Environment.Variables;
}

test('every group of a rule is created once, with one role and rising precedence', () => {
  const template = templateWith((stack) => ({ ...withPlan(stack), group: BY_PLAN, groupPrecedence: 10 }));

  const groups = Object.values(template.findResources('AWS::Cognito::UserPoolGroup')).map(
    ({ Properties: { GroupName, Precedence } }) => [GroupName, Precedence],
  );
  expect(groups).toEqual([
    ['professionals', 10],
    ['customers', 11],
    ['guests', 12],
  ]);
  template.allResourcesProperties('AWS::Cognito::UserPoolGroup', {
    RoleArn: { 'Fn::GetAtt': [Match.stringLikeRegexp('^OnboardingMembersRole'), 'Arn'] },
  });
});

test('groups whose names the CDK would write alike are different groups', () => {
  const group = OnboardingGroup.byEmailDomain({
    'a.example': 'a/b',
    'b.example': 'a--b',
    'c.example': 'a%2Fb',
  });
  const created = templateWith(() => ({ group })).findResources('AWS::Cognito::UserPoolGroup');

  expect(Object.values(created).map(({ Properties }) => Properties.GroupName)).toEqual([
    'a/b',
    'a--b',
    'a%2Fb',
  ]);
});

test('a rule that names the default group keeps it', () => {
  const idOfUsers = (group?: OnboardingGroup) => {
    const created = templateWith(() => ({ group })).findResources('AWS::Cognito::UserPoolGroup');
    return Object.entries(created).find(([, { Properties }]) => Properties.GroupName === 'users')?.[0];
  };
  const before = idOfUsers();

  expect(before).toMatch(/^OnboardingGroup[0-9A-F]{8}$/);
  expect(idOfUsers(OnboardingGroup.byEmailDomain({ 'a.example': 'staff' }, { otherwise: 'users' }))).toBe(
    before,
  );
});

test('a rule that creates groups must know their names, and one that does not need not', () => {
  const withToken = (createGroups: boolean) => () =>
    templateWith((stack) => ({
      userPool: UserPool.fromUserPoolId(stack, 'UserPool', 'us-east-1_Ab12Cd34E'),
      attachTrigger: false,
      requireVerifiedEmail: true,
      group: OnboardingGroup.byEmailDomain({ 'a.example': new CfnParameter(stack, 'Name').valueAsString }),
      createGroups,
    }));

  expect(withToken(true)).toThrow('the names of the groups of a rule must be known at synthesis where');
  expect(withToken(false)).not.toThrow();
});

test('one group has the precedence as given, and no precedence by default', () => {
  templateWith(() => ({ groupPrecedence: 3 })).hasResourceProperties('AWS::Cognito::UserPoolGroup', {
    Precedence: 3,
  });
  templateWith(() => ({})).hasResourceProperties('AWS::Cognito::UserPoolGroup', {
    Precedence: Match.absent(),
  });
});

test('the function gets the rule, and the attributes that the rule reads travel', () => {
  const template = templateWith((stack) => ({ ...withPlan(stack), group: BY_PLAN }));

  expect(JSON.parse(String(environmentOf(template, 'AddUserToGroup')?.GROUP_RULE))).toEqual({
    by: 'attribute',
    attribute: 'custom:plan',
    groups: { pro: 'professionals', free: 'customers', trial: 'customers' },
    otherwise: 'guests',
  });
  for (const name of ['PostConfirmation', 'ReconcileUsers']) {
    expect(environmentOf(template, name)?.USER_ATTRIBUTES).toBe('["address","custom:plan"]');
  }
});

test('for a rule by e-mail domain, the address and its verification travel', () => {
  const group = OnboardingGroup.byEmailDomain({ 'ACME.example': 'staff' });
  const template = templateWith(() => ({ group }));

  expect(environmentOf(template, 'PostConfirmation')?.USER_ATTRIBUTES).toBe(
    '["address","email","email_verified"]',
  );
  expect(environmentOf(template, 'AddUserToGroup')?.GROUP_RULE).toBe(
    '{"by":"emailDomain","groups":{"acme.example":"staff"}}',
  );
});

describe('no group', () => {
  const template = templateWith(() => ({ group: OnboardingGroup.none() }));

  test('nothing of a group is created, and nobody may change groups', () => {
    for (const type of ['Cognito::UserPoolGroup', 'Cognito::IdentityPool']) {
      template.resourceCountIs(`AWS::${type}`, 0);
    }
    expect(environmentOf(template, 'AddUserToGroup')).toBeUndefined();
    expect(JSON.stringify(template.toJSON())).not.toContain('AdminAddUserToGroup');
  });

  test('the state machine begins with the record', () => {
    const [machine] = Object.entries(template.findResources('AWS::StepFunctions::StateMachine')).filter(
      ([logicalId]) => !logicalId.includes('Reconciliation'),
    );
    const text = JSON.stringify(machine?.[1].Properties.DefinitionString);

    expect(text).toContain(
      '\\"StartAt\\": \\"PutUserRecord\\"'.replaceAll('\\"', '"').replaceAll('"', '\\"'),
    );
    expect(text).not.toContain('AddUserToGroup');
  });
});

test.each<[string, () => unknown, string]>([
  [
    'a rule without groups',
    () => OnboardingGroup.byAttribute('custom:plan', {}),
    'must have at least one value',
  ],
  ['a name with a space', () => OnboardingGroup.byAttribute('custom:plan', { a: 'b c' }), 'got: "b c"'],
  [
    'another group with a space',
    () => OnboardingGroup.byEmailDomain({ 'a.example': 'b' }, { otherwise: 'x y' }),
    'got: "x y"',
  ],
  ['a domain with an @', () => OnboardingGroup.byEmailDomain({ '@a.example': 'b' }), 'got: "@a.example"'],
  [
    'a domain twice',
    () => OnboardingGroup.byEmailDomain({ 'a.example': 'b', 'A.example': 'c' }),
    'each domain once, such as example.com, without an @, got: "a.example"',
  ],
])('%s is refused', (_, create, message) => {
  expect(create).toThrow(message);
});

describe('an attribute that users can write', () => {
  const group = OnboardingGroup.byAttribute('custom:plan', { pro: 'professionals' });
  const withClients = (addClients: (pool: UserPool) => void, chosen = group) => {
    const stack = new Stack(testApp(), 'Stack');
    const userPool = new UserPool(stack, 'UserPool', {
      autoVerify: { email: true },
      customAttributes: { plan: new StringAttribute() },
    });
    new UserOnboarding(stack, 'Onboarding', { userPool, group: chosen, createGroups: true });
    // After the onboarding, as an application may do.
    addClients(userPool);
    return stack;
  };
  const warningsOf = (stack: Stack) => {
    Template.fromStack(stack);
    return warningsIn(stack);
  };
  const writable =
    (...attributes: string[]) =>
    (pool: UserPool) => {
      const client = pool.addClient('Web');
      Object.assign(client.node.defaultChild as object, { writeAttributes: attributes });
    };

  test.each<[string, (pool: UserPool) => void]>([
    ['has no writeAttributes', (pool) => pool.addClient('Web')],
    ['has empty writeAttributes', writable()],
    ['names the attribute', writable('email', 'custom:plan')],
  ])('is refused if an app client %s', (_, addClients) => {
    expect(() => Template.fromStack(withClients(addClients))).toThrow(
      /chosen by custom:plan, and the app client Stack\/UserPool\/Web\/Resource lets users write it/,
    );
  });

  test('is refused if one of several app clients lets them', () => {
    const addClients = (pool: UserPool) => {
      writable('email')(pool);
      pool.addClient('App');
    };

    expect(() => Template.fromStack(withClients(addClients))).toThrow(
      /UserPool\/App\/Resource lets users write/,
    );
  });

  test('is accepted if no app client lets them, without a warning', () => {
    expect(warningsOf(withClients(writable('email')))).not.toContain('usersMayChoose');
  });

  test('is accepted if they may choose', () => {
    const stack = withClients((pool) => pool.addClient('Web'), BY_PLAN);

    expect(() => Template.fromStack(stack)).not.toThrow();
  });

  test('is accepted if it is one that nobody can write', () => {
    const verified = OnboardingGroup.byAttribute('email_verified', { true: 'verified' });
    const stack = withClients((pool) => pool.addClient('Web'), verified);

    expect(() => Template.fromStack(stack)).not.toThrow();
  });

  test('is accepted if only an administrator can write it', () => {
    const chosen = OnboardingGroup.byAttribute('dev:custom:plan', { pro: 'professionals' });
    const stack = withClients((pool) => {
      pool.addClient('Web');
      const resource = pool.node.defaultChild as CfnUserPool;
      resource.schema = [{ name: 'plan', attributeDataType: 'String', developerOnlyAttribute: true }];
    }, chosen);

    expect(() => Template.fromStack(stack)).not.toThrow();
  });

  test('is accepted with a warning if no app client is known', () => {
    expect(warningsOf(withClients(() => {}))).toContain('no app client of the user pool is known here');
  });

  test('is refused for the client of a new user pool', () => {
    expect(() => templateWith(() => ({ group }))).toThrow(
      /the app client Stack\/Onboarding\/Users\/UserPool/,
    );
  });

  test('does not look at the clients of another pool', () => {
    const stack = withClients(writable('email'));
    new UserPool(stack, 'Other').addClient('Web');

    expect(() => Template.fromStack(stack)).not.toThrow();
  });

  test('is refused in a pool of another stack, and in one that is known by its id', () => {
    const app = testApp();
    const userPool = new UserPool(new Stack(app, 'Pool'), 'UserPool');
    const stack = new Stack(app, 'Stack');
    new UserOnboarding(stack, 'Onboarding', {
      userPool,
      group,
      attachTrigger: true,
      requireVerifiedEmail: true,
    });
    userPool.addClient('Web');
    expect(() => app.synth()).toThrow(/the app client Pool\/UserPool\/Web/);

    const byId = (scope: Stack) => {
      const pool = UserPool.fromUserPoolId(scope, 'UserPool', 'us-east-1_Ab12Cd34E');
      new UserPoolClient(scope, 'Web', { userPool: pool });
      return { userPool: pool, group, attachTrigger: true, requireVerifiedEmail: true };
    };
    expect(() => templateWith(byId)).toThrow(/the app client Stack\/Web/);
  });
});

import { Duration, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { Table } from 'aws-cdk-lib/aws-dynamodb';
import { EventBus } from 'aws-cdk-lib/aws-events';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Alias, Code, Function as LambdaFunction, Runtime } from 'aws-cdk-lib/aws-lambda';
import { UserOnboarding, type UserOnboardingProps } from '../../../infra/user-onboarding';
import { testApp } from '../../support/stack';

const KEY_ARN = 'arn:aws:kms:us-east-1:123456789012:key/0d1e2f3a-0000-4000-8000-000000000000';
const IMPORTED = 'arn:aws:lambda:us-east-1:123456789012:function:charge-card';

function pythonFunction(stack: Stack, id: string): LambdaFunction {
  return new LambdaFunction(stack, id, {
    runtime: Runtime.PYTHON_3_13,
    handler: 'index.handler',
    code: Code.fromInline('def handler(event, context): return {}'),
  });
}

function synthesize(propsOf: (stack: Stack) => UserOnboardingProps): Template {
  const stack = new Stack(testApp(), 'Stack');
  new UserOnboarding(stack, 'Onboarding', propsOf(stack));
  return Template.fromStack(stack);
}

/** What the state machine may do, besides logging: each action with its resource. */
function permissionsOf(template: Template): [string | string[], unknown][] {
  const policies = Object.entries(template.findResources('AWS::IAM::Policy'));
  const [, policy] = policies.find(([id]) => id.startsWith('OnboardingStateMachineRole')) ?? [];
  const statements: { Action: string | string[]; Resource: unknown }[] =
    policy?.Properties.PolicyDocument.Statement;
  const granted = statements.filter(({ Resource }) => Resource !== '*');
  return granted.flatMap(({ Action, Resource }) =>
    [Resource].flat().map((resource): [string | string[], unknown] => [Action, resource]),
  );
}

/** The onboarding's Express state machine. */
function stateMachineOf(template: Template) {
  const machines = template.findResources('AWS::StepFunctions::StateMachine');
  const [machine] = Object.values(machines).filter(
    ({ Properties }) => Properties.StateMachineType === 'EXPRESS',
  );
  return machine?.Properties;
}

describe('steps of every kind, and an event bus', () => {
  const template = synthesize((stack) => {
    const other = new Stack(stack.node.root, 'Other');
    const version = pythonFunction(stack, 'Versioned').currentVersion;
    return {
      steps: [
        { name: 'CreateTenant', function: pythonFunction(stack, 'CreateTenantInPython') },
        { name: 'SubscribeToPlan', function: new Alias(stack, 'Live', { aliasName: 'live', version }) },
        {
          name: 'ChargeCard',
          function: LambdaFunction.fromFunctionArn(stack, 'Imported', IMPORTED),
          timeout: Duration.minutes(1),
        },
        { name: 'TellSales', function: pythonFunction(other, 'TellSales') },
      ],
      eventBus: new EventBus(stack, 'Events'),
    };
  });

  test('the definition names each function, and the role may invoke exactly these', () => {
    const { DefinitionSubstitutions } = stateMachineOf(template);

    expect(DefinitionSubstitutions).toMatchObject({
      CreateTenantFunctionArn: {
        'Fn::GetAtt': [expect.stringMatching(/^CreateTenantInPython[0-9A-F]{8}$/), 'Arn'],
      },
      SubscribeToPlanFunctionArn: { Ref: expect.stringMatching(/^Live[0-9A-F]{8}$/) },
      ChargeCardFunctionArn: IMPORTED,
      EventBusArn: { 'Fn::GetAtt': [expect.stringMatching(/^Events[0-9A-F]{8}$/), 'Arn'] },
    });
    // How one stack refers to another depends on the app's feature flags.
    expect(JSON.stringify(DefinitionSubstitutions.TellSalesFunctionArn)).toContain('TellSales');
    const { AddUserToGroupFunctionArn, PutUserRecordFunctionArn, RetryQueueUrl, EventBusArn, ...others } =
      DefinitionSubstitutions;
    const { TableName, ...steps } = others;
    const invoked = [AddUserToGroupFunctionArn, PutUserRecordFunctionArn, ...Object.values(steps)];
    expect(permissionsOf(template)).toEqual(
      expect.arrayContaining([
        ...invoked.map((functionArn) => ['lambda:InvokeFunction', functionArn]),
        ['events:PutEvents', EventBusArn],
        ['dynamodb:UpdateItem', { 'Fn::GetAtt': [TableName.Ref, 'Arn'] }],
      ]),
    );
    expect(permissionsOf(template)).toHaveLength(invoked.length + 3);
  });

  test('whatever waits for an execution waits for the steps', () => {
    // 24 s, three steps of 20 s and one of 60 s with 3 s each for retries, and 18 s for the event.
    expect(JSON.parse(stateMachineOf(template).DefinitionString).TimeoutSeconds).toBe(174);
    template.hasResourceProperties('AWS::Lambda::Function', {
      Timeout: 825,
      Environment: { Variables: Match.objectLike({ EXECUTION_TIME: '160000' }) },
    });
    template.hasResourceProperties('AWS::Lambda::Function', {
      Environment: { Variables: Match.objectLike({ PARKING_DELAY: '132' }) },
    });
    template.hasResourceProperties('AWS::Lambda::EventSourceMapping', { BatchSize: 5 });
    template.hasResourceProperties('AWS::SQS::Queue', { VisibilityTimeout: 6 * 825 });
  });
});

test('with an event, the functions know the mark of a record, and the retry function reads the record', () => {
  const template = synthesize((stack) => ({ eventBus: new EventBus(stack, 'Events') }));
  const variables = Object.entries(template.findResources('AWS::Lambda::Function')).map(
    ([id, { Properties }]) => [id, Properties.Environment?.Variables ?? {}] as const,
  );
  const { DefinitionSubstitutions } = stateMachineOf(template);
  const marking = variables.filter(([, { EVENT_PENDING_ATTRIBUTE }]) => EVENT_PENDING_ATTRIBUTE);

  expect(marking.map(([id]) => id.replace(/[0-9A-F]{8}$/, '')).sort()).toEqual([
    'OnboardingPutUserRecordFunction',
    'OnboardingReconciliationReconcileUsersFunction',
    'OnboardingRetryOnboardingFunction',
  ]);
  for (const [, { EVENT_PENDING_ATTRIBUTE, TABLE_NAME }] of marking) {
    expect(EVENT_PENDING_ATTRIBUTE).toBe('eventPending');
    expect(TABLE_NAME).toEqual(DefinitionSubstitutions.TableName);
  }
});

test("with an event and a table's own key, the state machine may use the key to change a record", () => {
  const template = synthesize((stack) => ({
    eventBus: new EventBus(stack, 'Events'),
    table: Table.fromTableAttributes(stack, 'Table', {
      tableName: 'accounts',
      encryptionKey: Key.fromKeyArn(stack, 'Key', KEY_ARN),
    }),
  }));

  expect(permissionsOf(template)).toContainEqual([
    [
      'kms:Decrypt',
      'kms:DescribeKey',
      'kms:Encrypt',
      'kms:GenerateDataKey',
      'kms:ReEncryptFrom',
      'kms:ReEncryptTo',
    ],
    KEY_ARN,
  ]);
});

test('without an event, nothing knows of a mark', () => {
  const template = JSON.stringify(synthesize(() => ({})).toJSON());

  expect(template).not.toMatch(/eventPending|EVENT_PENDING|UpdateItem/);
});

test('without steps and an event bus, the definition is the file', () => {
  const { DefinitionString } = stateMachineOf(synthesize(() => ({})));

  expect(DefinitionString).not.toContain('PublishUserOnboarded');
  expect(JSON.parse(DefinitionString).TimeoutSeconds).toBe(24);
});

test('an event bus in another region is refused', () => {
  const eventBusArn = 'arn:aws:events:eu-west-1:123456789012:event-bus/shop';
  const env = { account: '123456789012', region: 'us-east-1' };
  const stack = new Stack(testApp(), 'Stack', { env });
  const eventBus = EventBus.fromEventBusArn(stack, 'Events', eventBusArn);

  expect(() => new UserOnboarding(stack, 'Onboarding', { eventBus })).toThrow(
    `eventBus must be in the stack's region us-east-1, got: ${eventBusArn}`,
  );
});

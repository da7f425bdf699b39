import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import validate from 'asl-validator';
import fc from 'fast-check';
import {
  type DefinitionParts,
  onboardingDefinition,
  stateNames,
} from '../../../infra/state-machines/onboarding-definition';

const root = join(__dirname, '..', '..', '..');
const file = readFileSync(join(root, 'state-machines', 'onboarding.asl.json'), 'utf8');

interface State {
  readonly Type: string;
  readonly Comment?: string;
  readonly Next?: string;
  readonly Default?: string;
  readonly Choices?: readonly { readonly Next: string }[];
  readonly Catch?: readonly { readonly Next: string }[];
  readonly Retry?: readonly { readonly ErrorEquals: string[]; readonly MaxAttempts: number }[];
  readonly TimeoutSeconds?: number;
  readonly Parameters?: { readonly Payload?: object; readonly Entries?: readonly object[] };
}

interface Definition {
  readonly StartAt: string;
  readonly TimeoutSeconds: number;
  readonly States: Record<string, State>;
}

const definitionOf = (parts: Partial<DefinitionParts>): Definition =>
  JSON.parse(
    onboardingDefinition(file, {
      steps: [],
      addsToGroup: true,
      publishesEvent: false,
      timeout: 24,
      ...parts,
    }),
  );

/** Every state that the state can lead to. */
const nextOf = ({ Next, Default, Choices = [], Catch = [] }: State): string[] =>
  [Next, Default, ...Choices.map((choice) => choice.Next), ...Catch.map((catcher) => catcher.Next)].filter(
    (name) => name !== undefined,
  );

/** The states that an execution without an error goes through. */
function wayThrough({ StartAt, States }: Definition): string[] {
  const way = [StartAt];
  for (let next = States[StartAt]?.Next; next; next = States[next]?.Next) way.push(next);
  return way;
}

function reachable({ StartAt, States }: Definition): Set<string> {
  const seen = new Set([StartAt]);
  for (const name of seen) for (const next of nextOf(States[name] ?? { Type: 'missing' })) seen.add(next);
  return seen;
}

const stepName = fc
  .stringMatching(/^[A-Z][A-Za-z0-9]{0,20}$/)
  .filter((name) => !stateNames(file).includes(name));
const anyParts = fc.record({
  steps: fc.uniqueArray(fc.record({ name: stepName, timeout: fc.integer({ min: 1, max: 200 }) }), {
    maxLength: 6,
    selector: ({ name }) => name,
  }),
  addsToGroup: fc.boolean(),
  publishesEvent: fc.boolean(),
  timeout: fc.integer({ min: 24, max: 300 }),
});

test('an application that adds nothing gets the file, byte for byte', () => {
  const parts = { steps: [], addsToGroup: true, publishesEvent: false, timeout: 24 };

  expect(onboardingDefinition(file, parts)).toBe(file);
});

test('whatever is added or taken out, every state is there that another one leads to, and no other', () => {
  fc.assert(
    fc.property(anyParts, (parts) => {
      const definition = definitionOf(parts);

      expect([...reachable(definition)].sort()).toEqual(Object.keys(definition.States).sort());
    }),
  );
});

const TWO_STEPS = ['CreateTenant', 'ChargeCard'].map((name) => ({ name, timeout: 20 }));

// The validator is too slow for a property, and these are all shapes.
test.each([
  [{ steps: TWO_STEPS }],
  [{ publishesEvent: true }],
  [{ addsToGroup: false }],
  [{ steps: TWO_STEPS, publishesEvent: true }],
  [{ addsToGroup: false, steps: TWO_STEPS }],
  [{ addsToGroup: false, publishesEvent: true }],
  [{ addsToGroup: false, steps: TWO_STEPS, publishesEvent: true }],
])('with %j, it is valid Amazon States Language', (parts) => {
  const withArns = JSON.stringify(definitionOf(parts)).replace(
    /\$\{\w+Arn\}/g,
    'arn:aws:lambda:us-east-1:000000000000:function:any',
  );
  const { isValid, errorsText } = validate(JSON.parse(withArns));

  expect(isValid ? '' : errorsText('\n')).toBe('');
});

test('the group is first, then the steps in their order, the record, the event, and the end of its mark', () => {
  fc.assert(
    fc.property(anyParts, (parts) => {
      expect(wayThrough(definitionOf(parts))).toEqual([
        ...(parts.addsToGroup ? ['AddUserToGroup'] : []),
        ...parts.steps.map(({ name }) => name),
        'PutUserRecord',
        ...(parts.publishesEvent ? ['PublishUserOnboarded', 'RemoveEventPending'] : []),
        'UserOnboarded',
      ]);
    }),
  );
});

test('every task catches every error as the record does, and has a time-out and a comment', () => {
  fc.assert(
    fc.property(anyParts, (parts) => {
      const { States } = definitionOf(parts);
      const tasks = Object.entries(States).filter(
        ([name, { Type }]) => Type === 'Task' && name !== 'ParkUser',
      );

      for (const [, { Catch, Comment, TimeoutSeconds }] of tasks) {
        expect(Catch?.slice(-1)).toEqual(States.PutUserRecord?.Catch);
        expect(Comment).toMatch(/\.$/);
        expect(TimeoutSeconds).toBeGreaterThan(0);
      }
    }),
  );
});

test('a step sees the results of the steps before it, and the record sees all', () => {
  const steps = [
    { name: 'CreateTenant', timeout: 20 },
    { name: 'SubscribeToPlan', timeout: 5 },
  ];
  const { States, TimeoutSeconds } = definitionOf({ steps, timeout: 55 });

  expect(States.CreateTenant).toMatchObject({
    Parameters: {
      FunctionName: '${CreateTenantFunctionArn}',
      Payload: {
        'confirmedUser.$': '$.confirmedUser',
        'executionArn.$': '$$.Execution.Id',
        steps: {},
      },
    },
    TimeoutSeconds: 20,
    ResultSelector: { 'result.$': '$.Payload' },
    ResultPath: '$.steps.CreateTenant',
  });
  const created = { 'CreateTenant.$': '$.steps.CreateTenant.result' };
  expect(States.SubscribeToPlan).toMatchObject({
    Parameters: { Payload: { steps: created } },
    TimeoutSeconds: 5,
  });
  expect(States.PutUserRecord?.Parameters?.Payload).toMatchObject({
    'confirmedUser.$': '$.confirmedUser',
    steps: { ...created, 'SubscribeToPlan.$': '$.steps.SubscribeToPlan.result' },
  });
  expect(TimeoutSeconds).toBe(55);
});

test("a step is retried after Lambda's faults, but not after its own errors or a time-out", () => {
  const { States } = definitionOf({ steps: [{ name: 'CreateTenant', timeout: 20 }] });

  expect(States.CreateTenant?.Retry).toEqual([
    {
      ErrorEquals: [
        'Lambda.ServiceException',
        'Lambda.AWSLambdaException',
        'Lambda.SdkClientException',
        'Lambda.TooManyRequestsException',
        'Lambda.ClientExecutionTimeoutException',
      ],
      IntervalSeconds: 1,
      MaxAttempts: 2,
      BackoffRate: 1.5,
      MaxDelaySeconds: 2,
      JitterStrategy: 'FULL',
    },
  ]);
});

test('after the event, the mark is removed from a record that still has it', () => {
  const { PutUserRecord, RemoveEventPending } = definitionOf({ publishesEvent: true }).States;

  expect(PutUserRecord).toMatchObject({
    ResultSelector: { 'result.$': '$.Payload' },
    ResultPath: '$.record',
  });
  expect(RemoveEventPending).toMatchObject({
    Resource: 'arn:aws:states:::dynamodb:updateItem',
    Parameters: {
      TableName: '${TableName}',
      'Key.$': '$.record.result.key',
      UpdateExpression: 'REMOVE #mark',
      ConditionExpression: 'attribute_exists(#mark)',
      ExpressionAttributeNames: { '#mark': 'eventPending' },
    },
    Catch: [
      { ErrorEquals: ['DynamoDB.ConditionalCheckFailedException'], Next: 'UserOnboarded' },
      { ErrorEquals: ['States.ALL'], Next: 'WasStartedByTrigger' },
    ],
  });
  const [retrier] = RemoveEventPending?.Retry ?? [];
  expect(retrier).toMatchObject({ MaxAttempts: PutUserRecord?.Retry?.[0]?.MaxAttempts });
  expect(retrier?.ErrorEquals).not.toContain('DynamoDB.ConditionalCheckFailedException');
});

test('without a group, nothing reads the group', () => {
  const text = JSON.stringify(definitionOf({ addsToGroup: false, publishesEvent: true }));

  expect(text).not.toContain('$.group');
  expect(text).toContain('"group":null');
});

test('a definition without the state of the record is an error', () => {
  const parts = { steps: [], addsToGroup: true, publishesEvent: true, timeout: 24 };

  expect(() => onboardingDefinition('{"States":{}}', parts)).toThrow(
    'the definition has no state PutUserRecord',
  );
});

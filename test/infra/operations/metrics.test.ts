import { CognitoIdentityProviderClient, ListUsersCommand } from '@aws-sdk/client-cognito-identity-provider';
import { ConditionalCheckFailedException, DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { SFNClient, StartSyncExecutionCommand } from '@aws-sdk/client-sfn';
import { GetQueueAttributesCommand, SendMessageBatchCommand, SQSClient } from '@aws-sdk/client-sqs';
import { BatchGetCommand, DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { Duration, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { mockClient } from 'aws-sdk-client-mock';
import { handler as postConfirmation } from '../../../functions/post-confirmation/handler';
import { handler as putUserRecord } from '../../../functions/put-user-record/handler';
import { handler as reconcileUsers } from '../../../functions/reconcile-users/handler';
import { UserOnboarding } from '../../../infra/user-onboarding';
import { lambdaContext, listedUser, postConfirmationEvent, taskInput } from '../../support/builders';
import { countedOf, type MetricFilter } from '../../support/counted-lines';
import { testApp } from '../../support/stack';

const cognito = mockClient(CognitoIdentityProviderClient);
const dynamodb = mockClient(DynamoDBClient);
const documents = mockClient(DynamoDBDocumentClient);
const sfn = mockClient(SFNClient);
const sqs = mockClient(SQSClient);

const stack = new Stack(testApp(), 'Shop');
const onboarding = new UserOnboarding(stack, 'Onboarding');
const filters = Object.values(Template.fromStack(stack).findResources('AWS::Logs::MetricFilter'));

let lines: string[] = [];

/** What the metrics count of the lines that a function writes into its log group. */
async function metricsOf(functionName: string, run: () => Promise<unknown>): Promise<Record<string, number>> {
  lines = [];
  await run();
  expect(lines).not.toEqual([]);
  const ofFunction = filters.filter(({ Properties }) => Properties.LogGroupName.Ref.includes(functionName));
  return Object.fromEntries(
    ofFunction.flatMap(({ Properties }) => {
      const sum = countedOf(Properties as MetricFilter, lines);
      return sum === undefined ? [] : [[Properties.MetricTransformations[0].MetricName, sum]];
    }),
  );
}

beforeEach(() => {
  for (const client of [cognito, documents, dynamodb, sfn, sqs]) client.reset();
  Object.assign(process.env, {
    TABLE_NAME: 'users',
    USER_POOL_ID: 'us-east-1_AbCdEfGhI',
    STATE_MACHINE_ARN: 'arn:aws:states:us-east-1:000000000000:stateMachine:Onboarding',
    RETRY_QUEUE_URL: 'https://sqs.us-east-1.amazonaws.com/000000000000/retry',
    GROUP_RULE: '{"by":"name","group":"users"}',
    MILLISECONDS_PER_USER: '1',
  });
  // As Lambda writes a logged object in its JSON format.
  for (const level of ['info', 'warn', 'error'] as const)
    jest.spyOn(console, level).mockImplementation((...[message]: unknown[]) => {
      lines.push(JSON.stringify({ timestamp: '2026-11-26T00:00:00Z', level, requestId: '1', message }));
    });
});

describe('onboarded', () => {
  test('is counted when the record is created', async () => {
    dynamodb.on(PutItemCommand).resolves({});

    expect(await metricsOf('PutUserRecord', () => putUserRecord(taskInput()))).toEqual({ Onboarded: 1 });
  });

  test('is not counted again when it is there already', async () => {
    dynamodb
      .on(PutItemCommand)
      .rejects(new ConditionalCheckFailedException({ message: 'there', $metadata: {} }));

    expect(await metricsOf('PutUserRecord', () => putUserRecord(taskInput()))).toEqual({});
  });
});

describe('of the trigger', () => {
  const trigger = (event: unknown) =>
    metricsOf('PostConfirmation', () => postConfirmation(event, lambdaContext()));
  const executionEndsWith = (end: { status: 'FAILED' | 'SUCCEEDED'; error?: string }) =>
    sfn.on(StartSyncExecutionCommand).resolves(end);

  test('a user who is onboarded at once is neither parked nor skipped', async () => {
    executionEndsWith({ status: 'SUCCEEDED' });

    expect(await trigger(postConfirmationEvent())).toEqual({});
  });

  test.each([
    ['the execution', 'OnboardingParked'],
    ['the trigger', 'OnboardingFailed'],
  ])('a user whom %s parked is parked', async (_, error) => {
    executionEndsWith({ status: 'FAILED', error });

    expect(await trigger(postConfirmationEvent())).toEqual({ Parked: 1 });
  });

  test('a user who is not eligible is skipped', async () => {
    const attributes = { email_verified: 'false' };

    expect(await trigger(postConfirmationEvent({ attributes }))).toEqual({ Skipped: 1 });
  });

  test('other trigger sources are no skipped users', async () => {
    const triggerSource = 'PostConfirmation_ConfirmForgotPassword';

    expect(await trigger(postConfirmationEvent({ triggerSource }))).toEqual({});
  });
});

describe('missed', () => {
  const page = (length: number, PaginationToken?: string) => ({
    Users: Array.from({ length }, (_, index) => listedUser({ attributes: { sub: `user-${index}` } })),
    PaginationToken,
  });

  beforeEach(() => {
    documents.on(BatchGetCommand).resolves({});
    sqs.on(SendMessageBatchCommand).resolves({});
    sqs.on(GetQueueAttributesCommand).resolves({
      Attributes: { ApproximateNumberOfMessages: '0', ApproximateNumberOfMessagesNotVisible: '0' },
    });
  });

  test('counts the users of each page, not the running total', async () => {
    cognito.on(ListUsersCommand).resolvesOnce(page(3, 'second')).resolves(page(2));

    const reconcileBoth = async () => reconcileUsers(await reconcileUsers({ scheduled: true }));

    expect(await metricsOf('ReconcileUsers', reconcileBoth)).toEqual({ Missed: 5 });
  });

  test.each([
    ['that a person started', {}],
    ['that is a dry run', { scheduled: true, dryRun: true }],
  ])('counts nobody in a reconciliation %s', async (_, input) => {
    cognito.on(ListUsersCommand).resolves(page(3));

    expect(await metricsOf('ReconcileUsers', () => reconcileUsers(input))).toEqual({});
  });

  describe('users whom nothing can onboard', () => {
    beforeEach(() => {
      jest.replaceProperty(process, 'env', {
        ...process.env,
        RECORD_KEY: '{"PK":"<custom:tenant>","SK":"<sub>"}',
        USER_ATTRIBUTES: '["custom:tenant"]',
      });
      cognito.on(ListUsersCommand).resolvesOnce(page(3, 'second')).resolves(page(2));
    });

    test('are counted as refused, page by page', async () => {
      const reconcileBoth = async () => reconcileUsers(await reconcileUsers({ scheduled: true }));

      expect(await metricsOf('ReconcileUsers', reconcileBoth)).toEqual({ Refused: 5 });
    });

    test('are not counted in a reconciliation that a person started', async () => {
      expect(await metricsOf('ReconcileUsers', () => reconcileUsers({}))).toEqual({});
    });
  });

  test('counts nobody if everybody has a record', async () => {
    cognito.on(ListUsersCommand).resolves(page(0));

    expect(await metricsOf('ReconcileUsers', () => reconcileUsers({ scheduled: true }))).toEqual({});
  });
});

test.each([
  ['Onboarded', onboarding.metricOnboarded()],
  ['Parked', onboarding.metricParked()],
  ['Missed', onboarding.metricMissed()],
  ['Refused', onboarding.metricRefused()],
  ['Skipped', onboarding.metricSkipped()],
])('the construct has the metric %s, of the same namespace as its filter', (metricName, metric) => {
  const namespaces = filters
    .map(({ Properties: { MetricTransformations } }) => MetricTransformations[0])
    .filter(({ MetricName }) => MetricName === metricName)
    .map(({ MetricNamespace }) => MetricNamespace);

  expect(namespaces).toEqual(['ConfirmedUserOnboarding/Shop/Onboarding']);
  expect(metric).toMatchObject({ namespace: namespaces[0], metricName, statistic: 'Sum' });
});

test('the options of a metric are those of CDK', () => {
  const metric = onboarding.metricMissed({
    period: Duration.hours(1),
    statistic: 'Maximum',
    label: 'missed',
  });

  expect(metric.period.toMinutes()).toBe(60);
  expect(metric).toMatchObject({ statistic: 'Maximum', label: 'missed' });
});

test('two onboardings share no metric', () => {
  const app = testApp();
  const one = new Stack(app, 'One');
  const two = new Stack(app, 'Two');
  const namespaces = [
    new UserOnboarding(one, 'Onboarding'),
    new UserOnboarding(one, 'My other'),
    new UserOnboarding(two, 'Onboarding'),
  ].map((construct) => construct.metricMissed().namespace);

  expect(namespaces).toEqual([
    'ConfirmedUserOnboarding/One/Onboarding',
    'ConfirmedUserOnboarding/One/My-other',
    'ConfirmedUserOnboarding/Two/Onboarding',
  ]);
});

import { AdminRemoveUserFromGroupCommand } from '@aws-sdk/client-cognito-identity-provider';
import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { ConsolePages, textOf } from '../../support/console-pages';
import { eventually, TestCloud } from '../../support/test-cloud';

const GROUP = 'cognito-idp:AdminAddUserToGroup';

let cloud: TestCloud;
let pages: ConsolePages;

beforeAll(async () => {
  cloud = await TestCloud.start();
  pages = new ConsolePages(cloud);
});

afterAll(() => cloud.close());
afterEach(() => cloud.setFaults([]));

const nameIn = (arn: string) => arn.split(':').pop() ?? '';

describe('state machines', () => {
  test('one that never ran has its page', async () => {
    const name = nameIn(cloud.output('ReconciliationStateMachineArn'));
    expect(await pages.textAt('/console/state-machines')).toContain(name);

    const text = await pages.textAt(`/console/state-machines/${name}`);

    expect(text).toMatch(/Coverage \(0 of \d+ steps taken\) Of 0 executions\./);
    expect(text).toContain('ReconcileUsers Never entered');
  });

  test('tells which steps were never taken', async () => {
    await cloud.signUpAndConfirm();

    const text = await pages.textAt(`/console/state-machines/${nameIn(cloud.output('StateMachineArn'))}`);

    expect(text).toContain('AddUserToGroup Next PutUserRecord 1 time');
    expect(text).toContain('AddUserToGroup Catch States.ALL WasStartedByTrigger Never');
    expect(text).toContain('AddUserToGroup Retry TooManyRequestsException Another attempt Never');
    expect(text).toContain('ParkUser Never entered');
  });

  test('knows no other', async () => {
    expect((await fetch(`${cloud.endpoint}/console/state-machines/constructor`)).status).toBe(404);
  });
});

test('shows the events of the event buses', async () => {
  const events = new EventBridgeClient({ endpoint: cloud.endpoint, region: 'us-east-1' });
  const Entries = [{ Source: 'test', DetailType: 'Hello <b>', Detail: '{"a":1}' }];
  expect(await pages.textAt('/console/events')).toContain('Nothing was put on an event bus.');

  await events.send(new PutEventsCommand({ Entries }));

  expect(await pages.get('/console/events')).toContain('Hello &lt;b&gt;');
  events.destroy();
});

test('reconciles, a dry run first', async () => {
  const missing = await cloud.signUp();
  await cloud.setFaults([
    { action: 'states:StartSyncExecution', error: 'ThrottlingException' },
    { action: 'sqs:SendMessage', error: 'ServiceUnavailable' },
  ]);
  await cloud.confirm(missing).catch(() => {});
  await cloud.setFaults([]);
  const path = '/console/reconciliation';
  expect(await pages.get(path)).not.toContain('>Reconcile<');

  expect((await pages.post(path, { dryRun: 'yes' })).status).toBe(303);

  await pages.until(path, 'The last dry run found 1 user without a record to send');
  expect(await pages.textAt(path)).toMatch(
    /Succeeded .* Dry run 1 page read \d+ users seen in the user pool .* 1 user without a record .* 0 users sent/,
  );
  expect(await cloud.recordOf(missing)).toBeUndefined();

  await pages.post(path, { dryRun: 'no' });

  await eventually(async () => (await cloud.recordOf(missing)) !== undefined);
  await eventually(async () =>
    / Reconciliation 1 page read .* 1 user sent to the retry queue/.test(await pages.textAt(path)),
  );
});

test('a dry run with all users leaves the choice as it was, and says what belongs to it', async () => {
  const { email: Username } = await cloud.signUpAndConfirm();
  const [UserPoolId, GroupName] = [cloud.output('UserPoolId'), 'users'];
  await cloud.cognito.send(new AdminRemoveUserFromGroupCommand({ UserPoolId, Username, GroupName }));
  const path = '/console/reconciliation';

  await pages.post(path, { dryRun: 'yes', all: 'yes' });

  await pages.until(
    path,
    'found 0 users without a record, and 1 user outside their group. These are sent only if the box is checked.',
  );
  expect(await pages.get(path)).toMatch(/<input[^>]* name="all"[^>]* checked=""/);

  await pages.post(path, { dryRun: 'yes' });

  await pages.until(path, 'found 0 users without a record to send to the retry queue.');
  expect(await pages.get(path)).not.toMatch(/<input[^>]* checked/);
});

test('says why a reconciliation did not start', async () => {
  await cloud.setFaults([{ action: 'states:StartExecution', error: 'ThrottlingException' }]);

  const { status, html } = await pages.post('/console/reconciliation', { dryRun: 'yes' });

  expect(status).toBe(400);
  expect(textOf(html)).toContain('Not started: ThrottlingException (an injected fault)');
});

test('tells what each role asked for, by which statement it was decided, and what nothing used', async () => {
  await cloud.signUpAndConfirm();

  const text = await pages.textAt('/console/access');

  expect(text).toMatch(
    /AddUserToGroupFunctionRole\S+ Nothing was denied. Allowed: \d+ requests .*cognito-idp:AdminAddUserToGroup arn:aws:cognito-idp\S+ Allow Action cognito-idp:AdminAddUserToGroup, Resource \S+ policy \S+, statement 1/,
  );
  expect(text).toMatch(/statements? that nothing used Allow Action sqs:SendMessage/);
});

describe('faults', () => {
  test('one of your own is added, and switched by itself', async () => {
    await pages.post('/console/faults', { action: GROUP, error: 'Oops', probability: '0.5', times: '3' });
    await pages.post('/console/faults', { action: 'dynamodb:PutItem', delayMs: '20' });
    const fault = { action: GROUP, error: 'Oops', probability: 0.5, times: 3 };
    expect(await cloud.get('/_local/faults')).toEqual([fault, { action: 'dynamodb:PutItem', delayMs: 20 }]);

    await pages.post('/console/faults/off', { fault: JSON.stringify(fault) });

    expect(await cloud.get('/_local/faults')).toEqual([{ action: 'dynamodb:PutItem', delayMs: 20 }]);
    expect(await pages.textAt('/console/faults')).toMatch(
      /Oops with probability 0.5, at most 3 times Off Switch on .*waits 20 ms On/,
    );
    await pages.post('/console/faults/on', { fault: JSON.stringify(fault) });
    expect(await cloud.get('/_local/faults')).toContainEqual(fault);
  });

  test.each([
    [{ action: 'no:Thing', error: 'Oops' }, 'there is no action no:Thing'],
    [{ action: GROUP }, 'needs error, delayMs or perSecond'],
    [{ action: GROUP, error: 'Oops', probability: '2' }, 'probability'],
    [{ action: GROUP, error: 'Oops', times: 'x' }, 'times'],
  ])('says why %j is refused, and keeps the form', async (form, reason) => {
    const { status, html } = await pages.post('/console/faults', form as Record<string, string>);

    expect(status).toBe(400);
    expect(textOf(html)).toContain(reason);
    expect(html).toContain(`name="action" value="${form.action}"`);
    expect(await cloud.get('/_local/faults')).toEqual([]);
  });

  test.each(['{', '"x"', '{"action":"__proto__"}', ''])('switches nothing on for %s', async (fault) => {
    expect((await pages.post('/console/faults/on', { fault })).status).toBe(400);
  });
});

test('moves the clock forward: a parked user is retried', async () => {
  await cloud.setFaults([{ action: 'states:StartSyncExecution', error: 'ThrottlingException' }]);
  const user = await cloud.signUpAndConfirm();
  await cloud.setFaults([]);

  expect((await pages.post('/console/faults/clock', { hours: '1' })).status).toBe(303);

  await eventually(async () => (await cloud.recordOf(user)) !== undefined);
  const { now } = await cloud.get<{ now: string }>('/_local/clock');
  expect(Date.parse(now) - Date.now()).toBeGreaterThan(3_500_000);
  expect((await pages.post('/console/faults/clock', { hours: '-1' })).status).toBe(400);
});

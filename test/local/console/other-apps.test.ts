import { mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { App, Stack } from 'aws-cdk-lib';
import { UserPool } from 'aws-cdk-lib/aws-cognito';
import { AttributeType, Table } from 'aws-cdk-lib/aws-dynamodb';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { DefinitionBody, Pass, StateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import { UserOnboarding } from '../../../infra/user-onboarding';
import { CloudAssembly } from '../../../local/cloudformation/cloud-assembly';
import { ConsolePages } from '../../support/console-pages';
import { TestCloud } from '../../support/test-cloud';

const ROOMS = [
  ...['access', 'events', 'faults', 'logs', 'mail', 'queues', 'reconciliation', 'state-machines', 'users'],
].map((room) => `/console/${room}`);

const PASSWORD = 'Correct-Horse-7';

let cloud: TestCloud;
let pages: ConsolePages;

/** Deploys an app without a single output. */
async function deploy(add: (stack: Stack) => void): Promise<void> {
  const outdir = mkdtempSync(join(process.env.TEST_CLOUD_ASSEMBLY as string, 'other-'));
  const app = new App({ outdir, builtinCloudFormationValidation: false });
  add(new Stack(app, 'Shop'));
  cloud = await TestCloud.startEmpty();
  pages = new ConsolePages(cloud);
  await cloud.deploy(new CloudAssembly(app.synth().directory));
}

afterEach(() => cloud.close());

/** A table of the app that has nothing to do with an onboarding. */
function addOrders(stack: Stack): void {
  new Table(stack, 'Orders', {
    tableName: 'Orders',
    partitionKey: { name: 'id', type: AttributeType.STRING },
  });
}

async function order(location: string): Promise<void> {
  const Item = { id: 'order-1', buyer: location.split('/').pop() };
  await cloud.dynamodb.send(new PutCommand({ TableName: 'Orders', Item }));
}

/** Makes a user with the form for a user pool, and answers their page. */
async function make(pool: string, email: string, how: string): Promise<string> {
  const form = { email, password: PASSWORD, how };
  const { status, location } = await pages.post(`/console/users?pool=${pool}`, form);
  expect({ status, location }).toEqual({
    status: 303,
    location: expect.stringMatching(/^\/console\/users\/[0-9a-f-]{36}$/),
  });
  return location;
}

function addPool(stack: Stack, id: string): UserPool {
  const userPool = new UserPool(stack, id, {
    selfSignUpEnabled: true,
    signInAliases: { email: true },
    autoVerify: { email: true },
  });
  userPool.addClient('Web');
  return userPool;
}

async function poolIds(): Promise<(string | undefined)[]> {
  const html = await pages.get('/console/users');
  return [...html.matchAll(/href="\/console\/users\?pool=([^"]+)"/g)].map(([, id]) => id);
}

test('an app without onboarding, with two user pools and two state machines, has all its rooms', async () => {
  await deploy((stack) => {
    for (const id of ['Customers', 'Staff']) addPool(stack, id);
    for (const id of ['First', 'Second'])
      new StateMachine(stack, id, {
        definitionBody: DefinitionBody.fromChainable(new Pass(stack, `Do${id}`)),
      });
    new Queue(stack, 'Queue');
    addOrders(stack);
  });
  for (const path of ['/console', ...ROOMS]) await pages.get(path);

  const [, other = ''] = await poolIds();
  const location = await make(other, 'ada@example.com', 'sign-up');

  expect(await pages.textAt(location)).toMatch(/ada@example.com .* Unconfirmed/);
  expect(await pages.textAt(`/console/users?pool=${other}`)).toContain('Users (1)');
  expect(await pages.textAt('/console/users')).toContain('Users (0)');
  expect(await pages.textAt('/console/queues')).toContain('Queue (0 messages)');
  expect(await pages.textAt('/console/reconciliation')).toContain('This app has no reconciliation.');
  expect(await pages.textAt('/console/faults')).not.toContain('Common faults');
  await cloud.setFaults([{ action: 'local:DeliverTriggerTwice' }]);
  expect(await pages.textAt('/console/faults')).toMatch(
    /Own faults .*local:DeliverTriggerTwice each time On/,
  );
});

test('an item that mentions a user says nothing about onboarding', async () => {
  await deploy((stack) => {
    addPool(stack, 'Customers');
    addOrders(stack);
  });
  const location = await make('', 'ada@example.com', 'sign-up');

  await order(location);

  expect(await pages.textAt(location)).toMatch(/Items .* buyer S /);
  expect(await pages.textAt('/console/users')).toMatch(/Group Items Executions .* Unconfirmed None 1 /);
  for (const path of ['/console/users', location]) expect(await pages.textAt(path)).not.toMatch(/onboard/i);
});

test('people with one address in two user pools stay apart', async () => {
  await deploy((stack) => {
    for (const id of ['Customers', 'Staff']) addPool(stack, id);
  });
  const [first = '', second = ''] = await poolIds();
  const email = 'ada@example.com';
  const customer = await make(first, email, 'sign-up');
  const member = await make(second, email, 'administrator');

  expect(await pages.textAt(member)).toContain('Has to change the password');
  for (const page of [customer, member]) expect(await pages.textAt(page)).toContain('Mail (1)');
  expect(await pages.get(member)).toContain(`<a href="/console/users?pool=${second}">Users</a>`);
  expect(await pages.post(`${member}/delete`)).toMatchObject({ location: `/console/users?pool=${second}` });

  await make(second, email, 'sign-up');
  expect(await pages.post(`${customer}/confirm`)).toMatchObject({ status: 303, location: customer });
  expect(await pages.textAt(customer)).toContain('Status Confirmed');
});

test('an app with an onboarding and no outputs shows who is onboarded, and reconciles', async () => {
  await deploy((stack) => {
    new UserOnboarding(stack, 'Onboarding', { userPool: addPool(stack, 'Pool'), createGroups: true });
    addOrders(stack);
  });
  const parked = await make('', 'grace@example.com', 'sign-up');
  await order(parked);
  await cloud.setFaults([{ action: 'states:StartSyncExecution', error: 'ThrottlingException' }]);
  await pages.post(`${parked}/confirm`);
  expect(await pages.textAt(parked)).toMatch(/Not onboarded .*No item of the table contains this user/);
  await cloud.setFaults([]);

  const { location } = await pages.post('/console/users', {
    email: 'ada@example.com',
    password: PASSWORD,
  });

  await pages.until(location, 'Done in');
  expect(await pages.textAt('/console/users')).toMatch(/ada@example.com .* Confirmed users Yes Onboarded/);
  expect((await pages.post('/console/reconciliation', { dryRun: 'yes' })).status).toBe(303);
  await pages.until('/console/reconciliation', 'The last dry run found 0 users');
});

test('each of several reconciliations can be started', async () => {
  await deploy((stack) => {
    for (const id of ['Customers', 'Staff'])
      new UserOnboarding(stack, id, { userPool: addPool(stack, `${id}Pool`), createGroups: true });
  });
  const html = await pages.get('/console/reconciliation');
  const paths = [...html.matchAll(/href="(\/console\/reconciliation\?stateMachine=[^"]+)"/g)];
  expect(paths).toHaveLength(2);
  const [first = '', second = ''] = paths.map(([, path]) => path);

  const { status, location } = await pages.post(second, { dryRun: 'yes' });

  expect({ status, location }).toEqual({ status: 303, location: second });
  await pages.until(second, 'The last dry run found 0 users');
  expect(await pages.textAt(first)).toContain('Runs (0)');
  expect(await pages.textAt('/console/faults')).toContain('Common faults');
});

test('an app without users has all its rooms, too', async () => {
  await deploy((stack) => {
    new Table(stack, 'Table', { partitionKey: { name: 'id', type: AttributeType.STRING } });
  });

  for (const path of ['/console', ...ROOMS]) await pages.get(path);

  expect(await pages.textAt('/console/users')).toContain('This app has no user pool.');
  expect(await pages.textAt('/console/queues')).toContain('This stack has no queues.');
});

import { mkdtempSync } from 'node:fs';
import { join } from 'node:path';
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

function addPool(stack: Stack, id: string): UserPool {
  const userPool = new UserPool(stack, id, {
    selfSignUpEnabled: true,
    signInAliases: { email: true },
    autoVerify: { email: true },
  });
  userPool.addClient('Web');
  return userPool;
}

test('an app without onboarding, with two user pools and two state machines, has all its rooms', async () => {
  await deploy((stack) => {
    for (const id of ['Customers', 'Staff']) addPool(stack, id);
    for (const id of ['First', 'Second'])
      new StateMachine(stack, id, {
        definitionBody: DefinitionBody.fromChainable(new Pass(stack, `Do${id}`)),
      });
    new Queue(stack, 'Orders');
    new Table(stack, 'Table', { partitionKey: { name: 'id', type: AttributeType.STRING } });
  });
  for (const path of ['/console', ...ROOMS]) await pages.get(path);

  const html = await pages.get('/console/users');
  const [, other = ''] = [...html.matchAll(/href="\/console\/users\?pool=([^"]+)"/g)].map(([, id]) => id);
  const { status, location } = await pages.post(`/console/users?pool=${other}`, {
    email: 'ada@example.com',
    password: 'Correct-Horse-7',
    how: 'sign-up',
  });

  expect(status).toBe(303);
  expect(await pages.textAt(location)).toMatch(/ada@example.com .* Unconfirmed/);
  expect(await pages.textAt(`/console/users?pool=${other}`)).toContain('Users (1)');
  expect(await pages.textAt('/console/users')).toContain('Users (0)');
  expect(await pages.textAt('/console/queues')).toContain('Queue (0 messages)');
  expect(await pages.textAt('/console/reconciliation')).toContain('This app has no reconciliation.');
});

test('an app with an onboarding and no outputs shows who is onboarded, and reconciles', async () => {
  await deploy((stack) => {
    new UserOnboarding(stack, 'Onboarding', { userPool: addPool(stack, 'Pool'), createGroups: true });
  });

  const { location } = await pages.post('/console/users', {
    email: 'ada@example.com',
    password: 'Correct-Horse-7',
  });

  await pages.until(location, 'Done in');
  expect(await pages.textAt('/console/users')).toMatch(/ada@example.com .* Confirmed users Yes Onboarded/);
  expect((await pages.post('/console/reconciliation', { dryRun: 'yes' })).status).toBe(303);
  await pages.until('/console/reconciliation', 'The last dry run found 0 users');
});

test('an app without users has all its rooms, too', async () => {
  await deploy((stack) => {
    new Table(stack, 'Table', { partitionKey: { name: 'id', type: AttributeType.STRING } });
  });

  for (const path of ['/console', ...ROOMS]) await pages.get(path);

  expect(await pages.textAt('/console/users')).toContain('This app has no user pool.');
  expect(await pages.textAt('/console/queues')).toContain('This stack has no queues.');
});

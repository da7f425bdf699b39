import { ConsolePages, textOf } from '../../support/console-pages';
import { TestCloud, type TestUser } from '../../support/test-cloud';

const GROUP = 'cognito-idp:AdminAddUserToGroup';

let cloud: TestCloud;
let pages: ConsolePages;

beforeAll(async () => {
  cloud = await TestCloud.start();
  pages = new ConsolePages(cloud);
  // The pages tell a cold start from a warm one.
  await cloud.provisionConcurrency(1);
});

afterAll(() => cloud.close());
afterEach(() => cloud.setFaults([]));

const pathOf = (arn: string) => `/console/executions/${encodeURIComponent(arn)}`;

async function executionOf(user: TestUser) {
  const [newest] = await cloud.executionsOf(user);
  if (!newest) throw new Error('there is no execution');
  return newest;
}

test('the timeline has each attempt and the wait between them', async () => {
  await cloud.setFaults([{ action: GROUP, error: 'TooManyRequestsException', times: 1 }]);
  const { executionArn } = await executionOf(await cloud.signUpAndConfirm());

  const text = await pages.textAt(`${pathOf(executionArn)}?tab=timeline`);

  expect(text).toMatch(
    /AddUserToGroup \d.* Attempt 1 TooManyRequestsException Invocation .* Wait .* Attempt 2 Invocation .* PutUserRecord/,
  );
});

test('a state shows its data path by path, and what its function wrote in each attempt', async () => {
  const user = await cloud.signUpAndConfirm();
  const { executionArn } = await executionOf(user);

  const text = await pages.textAt(`${pathOf(executionArn)}?state=AddUserToGroup`);

  expect(text).toMatch(/ Input .* Parameters .* Result .* Output /);
  expect(text).toContain(`$.Payload.confirmedUser.sub $.confirmedUser &quot;${user.sub}&quot;`);
  expect(text).toContain('$.group.name – &quot;users&quot; Added');
  expect(text).toMatch(/Log of attempt 1 \(1\) .*UserAddedToGroup/);
});

test('leads to the invocation of the trigger that started it', async () => {
  const { executionArn } = await executionOf(await cloud.signUpAndConfirm());
  const html = await pages.get(pathOf(executionArn));
  const [, href = '', name] = /href="([^"]+)">An invocation of ([^<]+)</.exec(html) ?? [];

  expect(name).toBe(cloud.output('TriggerFunctionName'));
  expect(await pages.textAt(href)).toContain('PostConfirmation_ConfirmSignUp');
});

test('exports the history as GetExecutionHistory answers it', async () => {
  const { executionArn, events } = await executionOf(await cloud.signUpAndConfirm());

  const exported = JSON.parse(await pages.get(`${pathOf(executionArn)}/history.json`));

  expect(exported.events).toHaveLength(events.length);
  expect(exported.events[0]).toMatchObject({
    id: 1,
    type: 'ExecutionStarted',
    executionStartedEventDetails: { input: expect.any(String) },
  });
});

test('starts the state machine again with another input, and shows both side by side', async () => {
  const user = await cloud.signUpAndConfirm();
  const { executionArn } = await executionOf(user);
  const confirmedUser = {
    userPoolId: cloud.output('UserPoolId'),
    username: user.sub,
    sub: user.sub,
    attributes: { address: null },
  };
  const input = JSON.stringify({ startedBy: 'retry', confirmedUser });

  const { status, location } = await pages.post(`${pathOf(executionArn)}/start`, { input });

  expect(status).toBe(303);
  expect(location).not.toBe(pathOf(executionArn));
  await pages.until(location, 'Done in');
  const other = decodeURIComponent(location.slice('/console/executions/'.length));
  const text = await pages.textAt(`${pathOf(executionArn)}/compare?${new URLSearchParams({ with: other })}`);
  expect(text).toMatch(/AddUserToGroup Succeeded .* Succeeded .* PutUserRecord/);
  expect(text).toContain('$.startedBy &quot;trigger&quot; &quot;retry&quot; Changed');
});

test('says why an input is refused, and keeps it', async () => {
  const { executionArn } = await executionOf(await cloud.signUpAndConfirm());

  const { status, html } = await pages.post(`${pathOf(executionArn)}/start`, { input: '{ <b>' });

  expect(status).toBe(400);
  expect(textOf(html)).toContain('Not started: Invalid State Machine Execution Input');
  expect(html).toMatch(/<textarea[^>]*>\{ &lt;b&gt;<\/textarea>/);
});

test('stops an execution', async () => {
  await cloud.setFaults([{ action: GROUP, delayMs: 60_000 }]);
  const confirmed = cloud.signUp().then((user) => cloud.confirm(user));
  let arn = '';
  while (!arn) {
    arn = cloud.executions.find(({ status }) => status === 'RUNNING')?.executionArn ?? '';
    await new Promise(setImmediate);
  }

  expect((await pages.post(`${pathOf(arn)}/stop`)).status).toBe(303);

  await pages.until(pathOf(arn), 'Aborted after');
  await confirmed;
});

test.each(['/history.json', '/compare?with=x', '/start', '/stop'])(
  'knows no other execution: %s',
  async (path) => {
    const method = path === '/start' || path === '/stop' ? 'POST' : 'GET';
    const response = await fetch(`${cloud.endpoint}${pathOf('arn:<b>')}${path}`, {
      method,
      headers: { Origin: cloud.endpoint },
      ...(method === 'POST' && { body: new URLSearchParams({ input: '{}' }) }),
    });

    expect(response.status).toBe(404);
    expect(await response.text()).not.toContain('<b>');
  },
);

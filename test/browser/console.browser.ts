import { AdminDeleteUserCommand } from '@aws-sdk/client-cognito-identity-provider';
import { StartExecutionCommand } from '@aws-sdk/client-sfn';
import { SendMessageCommand } from '@aws-sdk/client-sqs';
import type { Browser, Page } from 'playwright-core';
import { launchBrowser } from '../support/browser';
import { eventually, TestCloud } from '../support/test-cloud';
import { expectUsable } from '../support/usable';

const GROUP = 'cognito-idp:AdminAddUserToGroup';
const EXECUTION_LINKS = '#executions tbody a[href*="/executions/"]';

let cloud: TestCloud;
let browser: Browser;
let page: Page;
/** The browser's complaints, such as a violation of the content security policy. */
let complaints: string[];

beforeAll(async () => {
  cloud = await TestCloud.start({ queueTimeScale: 0.2 });
  browser = await launchBrowser();
  await cloud.signUpAndConfirm(); // every function is warm
});

afterAll(async () => {
  await browser.close();
  await cloud.close();
});

beforeEach(async () => {
  page = await newPage();
});

afterEach(async () => {
  await page.context().close();
  await cloud.setFaults([]);
  expect(complaints).toEqual([]);
});

async function newPage(options: Parameters<Browser['newContext']>[0] = {}): Promise<Page> {
  const context = await browser.newContext({ baseURL: cloud.endpoint, ...options });
  context.setDefaultTimeout(60_000);
  const created = await context.newPage();
  complaints = [];
  created.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
  created.on('pageerror', (error) => complaints.push(error.message));
  created.on('dialog', async (dialog) => {
    complaints.push(`dialog: ${dialog.message()}`);
    await dialog.dismiss();
  });
  return created;
}

async function signUp(email: string): Promise<void> {
  await page.goto('/console');
  await page.getByRole('link', { name: 'Users' }).click();
  await page.getByLabel('E-mail address').fill(email);
  await page.getByRole('button', { name: 'Sign up and confirm' }).click();
  await page.waitForURL('**/console/executions/**');
}

const node = (name: string) => page.getByRole('link', { name });
const story = (text: string) => page.locator('.story', { hasText: text }).waitFor();

test('a sign-up on the page turns the graph green while the page is open', async () => {
  await cloud.setFaults([{ action: GROUP, delayMs: 700 }]);

  await signUp('ada@example.com');
  await page.evaluate(`document.body.setAttribute('data-same-page', '')`);
  await node('AddUserToGroup In progress').waitFor();
  await node('PutUserRecord Not reached').waitFor();

  await node('AddUserToGroup Succeeded').waitFor();
  await node('UserOnboarded Succeeded').waitFor();
  await story('Done in');
  expect(await page.locator('body[data-same-page]').count()).toBe(1);
  await page.getByRole('link', { name: 'Users' }).click();
  expect(await page.locator('tr', { hasText: 'ada@example.com' }).innerText()).toContain('Onboarded');
});

test('a throttled group add is retried, parked and healed, and its error is two clicks away', async () => {
  await page.goto('/console/faults');
  await page.getByRole('button', { name: 'Switch on: Throttle group adds' }).click();
  await page.getByRole('link', { name: 'Faults, 1 active' }).waitFor();

  await signUp('grace@example.com');

  await node('AddUserToGroup Caught error · 1 retry').waitFor();
  await node('OnboardingParked Failed').waitFor();
  await story('Parked; next retry in');
  await page.goto('/console/queues');
  await page.locator('tr', { hasText: 'grace@example.com' }).waitFor();

  // The two clicks: the execution, and the state where it failed.
  await page.goto('/console?search=grace@example.com');
  await page.locator(EXECUTION_LINKS).last().click();
  await node('AddUserToGroup Caught error · 1 retry').click();
  const details = await page.locator('#state').innerText();
  expect(details).toMatch(/^AddUserToGroup\n/);
  expect(details).toMatch(
    /Error\nTooManyRequestsException\n+Cause\nTooManyRequestsException \(an injected fault/,
  );

  await cloud.setFaults([]);
  await story('Healed: a later execution succeeded.');
  await page.getByRole('link', { name: 'a later execution' }).click();
  await node('UserOnboarded Succeeded').waitFor();
});

test('a refused sign-up keeps the reason and the filled-in form on the page', async () => {
  await page.goto('/console/users');
  await page.getByLabel('E-mail address').fill('linus@example.com');
  await page.getByLabel('Password').fill('short');
  await page.getByRole('button', { name: 'Sign up and confirm' }).click();
  await page.getByRole('alert').waitFor();
  const other = await page.context().newPage();
  await other.goto('/console/users');

  const { email } = await cloud.signUpAndConfirm();

  await other.getByText(email).first().waitFor(); // this page has heard of the change, too
  expect(await page.getByRole('alert').innerText()).toContain('Password not long enough');
  expect(await page.getByLabel('E-mail address').inputValue()).toBe('linus@example.com');
  complaints = complaints.filter((complaint) => !complaint.includes('400 (Bad Request)'));
});

test('a hostile name is text on every page', async () => {
  const email = '<img/src=x/onerror="alert(1)">@example.com';
  await cloud.setFaults([{ action: GROUP, error: 'ResourceNotFoundException' }]);

  await signUp(email);

  await story('Parked; next retry');
  for (const path of [page.url(), '/console', '/console/queues', '/console/users']) {
    await page.goto(path);
    await page.getByText(email).first().waitFor();
    expect(await page.locator('img[src="x"]').count()).toBe(0);
  }
});

test('everything can be reached and used with the keyboard, and the focus is visible', async () => {
  const user = await cloud.signUpAndConfirm();
  await page.goto(`/console?search=${user.sub}`);
  const focused = () => page.evaluate<string>(`document.activeElement?.textContent ?? ''`);
  const tabTo = async (text: string) => {
    for (let i = 0; i < 40; i += 1) {
      await page.keyboard.press('Tab');
      if ((await focused()).includes(text)) return;
    }
    throw new Error(`Tab does not reach ${text}`);
  };

  await page.keyboard.press('Tab');
  expect(await focused()).toBe('Skip to the content');
  await page.keyboard.press('Enter');
  await tabTo(`${user.sub}_`);
  const outline = await page.evaluate('getComputedStyle(document.activeElement).outlineStyle');
  expect(outline).toBe('solid');
  await page.keyboard.press('Enter');
  await page.waitForURL('**/console/executions/**');
  await tabTo('PutUserRecord');
  await page.waitForFunction(
    `getComputedStyle(document.activeElement.querySelector('rect')).strokeWidth === '5px'`,
  );
  await page.keyboard.press('Enter');

  await page.locator('#state h2', { hasText: 'PutUserRecord' }).waitFor();
  expect(await focused()).toContain('PutUserRecord');
  await page.goBack();
  await page.locator('#state h2', { hasText: 'UserOnboarded' }).waitFor({ state: 'detached' });
});

test('a button does not become another one while somebody clicks it', async () => {
  await page.goto('/console/faults');
  await page.getByRole('button', { name: 'Switch on: Throttle group adds' }).waitFor();
  await page.evaluate(
    `self.button = document.querySelector('[aria-label="Switch on: Throttle group adds"]')`,
  );
  const deed = () => page.evaluate('[button.isConnected, button.form.getAttribute("action")]');
  expect(await deed()).toEqual([true, '/console/faults/on']);

  await cloud.setFaults([{ action: GROUP, error: 'TooManyRequestsException' }]);
  await page.getByRole('button', { name: 'Switch off: Throttle group adds' }).waitFor();

  expect(await deed()).toEqual([false, '/console/faults/on']);
});

test('works without JavaScript', async () => {
  await page.context().close();
  page = await newPage({ javaScriptEnabled: false });

  await signUp('noscript@example.com');
  await eventually(async () => {
    await page.reload();
    return (await page.locator('.story').innerText()).includes('Done in');
  });
  await node('ParkUser Not reached').click();

  expect(await page.locator('#state').innerText()).toMatch(/^ParkUser\n+Not reached/);
});

test('the page says when the local cloud is gone', async () => {
  await page.route('**/console/changes', (route) => route.abort());
  await page.goto('/console');

  await page.getByText('Not connected').waitFor();
  complaints = [];
});

describe('every page', () => {
  const ROOMS = ['access', 'events', 'faults', 'logs', 'mail', 'queues', 'reconciliation', 'state-machines'];
  const PATHS = ['/console', '/console/users', ...ROOMS.map((room) => `/console/${room}`)];
  let others: string[];

  beforeAll(async () => {
    await cloud.setFaults([{ action: GROUP, error: 'TooManyRequestsException' }]);
    const { sub } = await cloud.signUpAndConfirm({ address: 'x'.repeat(2_000) });
    const all = cloud.executions.filter(({ name, status }) => status === 'SUCCEEDED' || name.startsWith(sub));
    const arns = [all[0], all.at(-1)].flatMap((execution) => execution?.executionArn ?? []);
    const [first = '', last = ''] = arns.map((arn) => `/console/executions/${encodeURIComponent(arn)}`);
    const compared = `${first}/compare?${new URLSearchParams({ with: arns[1] ?? '' })}`;
    const lines = (await cloud.logs()).map((line) => JSON.parse(line));
    // The function whose name is the longest.
    const { requestId } = lines.findLast(({ message }) => message.event === 'UserParked');
    const machine = cloud.output('StateMachineArn').split(':').pop();
    others = [
      ...[first, last, `${last}?tab=timeline`, `${last}?tab=events`, compared],
      ...[`/console/users/${sub}`, `/console/invocations/${requestId}`, `/console/state-machines/${machine}`],
    ];
    await parkSomebodyWithLongNames();
  });

  /** Anybody can start an execution and send a message with any text in it. */
  async function parkSomebodyWithLongNames() {
    const sub = 'long'.repeat(225);
    const confirmedUser = { userPoolId: 'pool', username: `${sub}-name`, sub };
    const QueueUrl = cloud.output('DeadLetterQueueUrl');
    await cloud.sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: JSON.stringify(confirmedUser) }));
    const { executionArn = '' } = await cloud.sfn.send(
      new StartExecutionCommand({
        stateMachineArn: cloud.output('StateMachineArn'),
        input: JSON.stringify({ startedBy: 'retry', confirmedUser }),
      }),
    );
    others.push(`/console/executions/${encodeURIComponent(executionArn)}`, `/console/users/${sub}`);
  }

  test('fits and is accessible, narrow and wide, light and dark', async () => {
    await cloud.setFaults([{ action: GROUP, error: 'TooManyRequestsException' }]);

    for (const path of [...PATHS, ...others, '/console?search=nothing-like-this']) {
      await page.goto(path);
      await expectUsable(page);
    }
  }, 600_000);
});

test('shows times in the zone of the browser, and names it', async () => {
  await page.context().close();
  page = await newPage({ timezoneId: 'Asia/Tokyo' });

  await page.goto('/console/mail');

  await page.getByText('Times are in the zone Asia/Tokyo').waitFor();
  const time = page.locator('time').first();
  const exact = (await time.getAttribute('title')) ?? '';
  const inTokyo = new Date(Date.parse(exact) + 9 * 3_600_000).toISOString();
  expect(await time.innerText()).toBe(inTokyo.slice(0, 19).replace('T', ' '));
});

test('a page that is not there is not read again', async () => {
  await page.goto('/console/executions/nothing');
  const reads: string[] = [];
  page.context().on('request', (request) => request.resourceType() === 'fetch' && reads.push(request.url()));
  const other = await page.context().newPage();
  await other.goto('/console/users');

  const { email } = await cloud.signUpAndConfirm();

  await other.getByText(email).first().waitFor();
  expect(reads.filter((url) => url.includes('nothing'))).toEqual([]);
  complaints = complaints.filter((complaint) => !complaint.includes('404 (Not Found)'));
});

test('a page whose user was deleted says so, and is not read again', async () => {
  const { email, sub } = await cloud.signUp();
  await page.goto(`/console/users/${sub}`);
  const UserPoolId = cloud.output('UserPoolId');
  await cloud.cognito.send(new AdminDeleteUserCommand({ UserPoolId, Username: email }));
  await cloud.signUpAndConfirm(); // pages hear of it
  await page.getByText('What this page shows is not there any more.').waitFor();
  const reads: string[] = [];
  page.on('request', (request) => request.resourceType() === 'fetch' && reads.push(request.url()));
  const other = await page.context().newPage();
  await other.goto('/console/users');

  const next = await cloud.signUpAndConfirm();

  await other.getByText(next.email).first().waitFor();
  expect(reads).toEqual([]);
  complaints = complaints.filter((complaint) => !complaint.includes('404 (Not Found)'));
});

test('copies what it shows', async () => {
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  const { sub } = await cloud.signUpAndConfirm();
  await page.goto(`/console/users/${sub}`);

  await page.getByRole('button', { name: 'Copy sub' }).click();

  await page.getByText('Copied').waitFor();
  expect(await page.evaluate('navigator.clipboard.readText()')).toBe(sub);
});

test('the page stays short and quiet with 5,000 executions, even while they arrive', async () => {
  let refreshes = 0;
  await page.goto('/console');
  page.on('request', (request) => {
    if (request.resourceType() === 'fetch') refreshes += 1;
  });
  const begin = performance.now();

  await seed(5_000);
  await page.locator('#executions h2', { hasText: /\(5,\d\d\d\)/ }).waitFor();
  await page.getByText(/The newest 5,000 of 5,\d\d\d executions are kept\./).waitFor();

  const seconds = (performance.now() - begin) / 1000;
  expect(refreshes).toBeGreaterThan(1);
  expect(refreshes).toBeLessThanOrEqual(2 * seconds + 2);
  expect(await page.locator(EXECUTION_LINKS).count()).toBe(25);
  await page.getByRole('link', { name: 'Last' }).click();
  await page.getByText(/Page (\d+) of \1/).waitFor();
  await page.getByRole('link', { name: 'Previous' }).click();
  await page.locator(EXECUTION_LINKS).first().click();
  await page.locator('.story').waitFor();
}, 600_000);

/** Starts executions that fail at once without calling their functions. */
async function seed(number: number): Promise<void> {
  await cloud.setFaults([{ action: 'lambda:InvokeFunction', error: 'AccessDeniedException' }]);
  let left = number;
  const startNext = async () => {
    while (left > 0) {
      left -= 1;
      const sub = `seed-${left}`;
      const input = { startedBy: 'retry', confirmedUser: { userPoolId: 'pool', username: sub, sub } };
      const response = await fetch(cloud.endpoint, {
        method: 'POST',
        headers: {
          'Content-Type': 'application/x-amz-json-1.0',
          'X-Amz-Target': 'AWSStepFunctions.StartExecution',
        },
        body: JSON.stringify({
          stateMachineArn: cloud.output('StateMachineArn'),
          input: JSON.stringify(input),
        }),
      });
      if (!response.ok) throw new Error(await response.text());
      await response.text();
    }
  };
  await Promise.all(Array.from({ length: 20 }, startNext));
}

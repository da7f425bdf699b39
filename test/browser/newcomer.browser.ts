import type { Browser, Page } from 'playwright-core';
import { launchBrowser } from '../support/browser';
import { eventually, TestCloud } from '../support/test-cloud';
import { expectUsable } from '../support/usable';

/** In ms: on a busy machine, a cold start takes seconds. */
const PATIENCE = 60_000;

let cloud: TestCloud;
let browser: Browser;
let page: Page;

beforeAll(async () => {
  cloud = await TestCloud.start();
  browser = await launchBrowser();
  await cloud.provisionConcurrency(1);
});

afterAll(async () => {
  await browser.close();
  await cloud.close();
});

beforeEach(async () => {
  page = await browser.newPage({ baseURL: cloud.endpoint });
  page.setDefaultTimeout(PATIENCE);
  await page.goto('/console');
});

afterEach(async () => {
  await page.close();
  await cloud.setFaults([]);
});

const open = (name: string) =>
  page.getByRole('navigation', { name: 'Console' }).getByRole('link', { name }).click();
const text = (words: string | RegExp) => page.getByText(words).first().waitFor();
const row = (name: RegExp) => page.getByRole('row', { name }).first().waitFor();

test('a newcomer finds out from the pages alone what failed, heals it, and checks everything', async () => {
  await switchOnAFaultAndSignUp();
  const execution = await findWhatFailedAndWhatComesNext();
  await heal(execution);
  await readTheMailAndSeeTheRecord(execution);
  await reconcile();
  await seeWhichBranchWasNeverTaken();
}, 600_000);

async function switchOnAFaultAndSignUp() {
  await open('Faults');
  await page.getByRole('button', { name: 'Switch on: Throttle group adds' }).click();
  await page.getByRole('link', { name: 'Faults, 1 active' }).waitFor();
  await expectUsable(page);
  await page.getByRole('link', { name: 'sign somebody up' }).click();
  await page.getByLabel('E-mail address').first().fill('grace@example.com');
  await page.getByRole('button', { name: 'Sign up and confirm' }).click();
}

async function findWhatFailedAndWhatComesNext(): Promise<string> {
  await text('AddUserToGroup failed with TooManyRequestsException after 2 attempts.');
  await text(/next retry/);
  const execution = page.url();
  await page
    .getByRole('region', { name: 'AddUserToGroup', exact: true })
    .getByText(/^functions\/add-user-to-group\/handler\.ts:\d+:\d+$/)
    .waitFor();
  await page.getByText('Log of attempt 2').click();
  await page.getByText('Stack trace').last().click();
  await page.getByRole('region', { name: /^Stack trace of TooManyRequestsException/ }).waitFor();
  await expectUsable(page);
  await page.getByRole('link', { name: 'Timeline' }).click();
  await page.getByRole('cell', { name: 'Wait' }).waitFor();
  await expectUsable(page);
  return execution;
}

async function heal(execution: string) {
  await waitUntilTheNextRetryIsFarAway();
  await open('Faults');
  await page.getByRole('button', { name: 'Switch off: Throttle group adds' }).click();
  await page.goto(execution);
  await page.getByRole('link', { name: 'next retry' }).click();
  await row(/grace@example\.com .* in \d\d min/);
  await expectUsable(page);
  await page.getByRole('button', { name: /^Retry now/ }).click();
  await page.goto(execution);
  await text('Healed: a later execution succeeded.');
}

/** Whoever retries while the fault is on makes the wait longer: in the end, too long for anybody. */
async function waitUntilTheNextRetryIsFarAway() {
  await open('Queues');
  const retryNow = page.getByRole('button', { name: /^Retry now/ });
  await eventually(async () => {
    if (await retryNow.isDisabled()) return false; // it is being retried
    const waiting = await page.getByRole('row', { name: /grace@example\.com/ }).innerText();
    if (/in \d\d min/.test(waiting)) return true;
    await retryNow.click();
    return false;
  });
}

async function readTheMailAndSeeTheRecord(execution: string) {
  await open('Mail');
  await row(/grace@example\.com .*verification code/);
  await expectUsable(page);
  await page.goto(execution);
  await page.getByRole('link', { name: 'grace@example.com' }).first().click();
  await page.getByRole('table', { name: 'Item' }).getByRole('cell', { name: 'shopping_cart' }).waitFor();
  await page.getByRole('heading', { name: /^Executions \(\d+\)$/ }).waitFor();
  await expectUsable(page);
}

async function reconcile() {
  await open('Reconciliation');
  await page.getByRole('button', { name: 'Dry run' }).click();
  await text('The last dry run found 0 users without a record to send to the retry queue.');
  await page.getByRole('button', { name: 'Reconcile' }).click();
  await row(/Succeeded .* Reconciliation 1 page read 1 user seen in the user pool .* 0 users sent/);
  await expectUsable(page);
}

async function seeWhichBranchWasNeverTaken() {
  await open('State machines');
  await page
    .getByRole('link', { name: cloud.output('StateMachineArn').split(':').pop(), exact: true })
    .click();
  await row(/AddUserToGroup Catch .* WasStartedByTrigger \d+ times?/);
  await row(/ParkUser Catch .* OnboardingFailed Never/);
  await page.getByRole('link', { name: 'PutUserRecord 1 visit' }).waitFor();
  await expectUsable(page);
}

test('a newcomer confirms a user later, and finds their lines in the log and what the roles did', async () => {
  await open('Users');
  await page.getByLabel('E-mail address').first().fill('ada@example.com');
  await page.getByRole('button', { name: 'Sign up only' }).click();
  await page.getByRole('button', { name: 'Confirm with the code from the mail' }).click();
  await text('Done in');

  await open('Logs');
  await page.getByLabel('Search').fill('ada@example.com');
  await page.getByRole('button', { name: 'Filter' }).click();
  await row(/UserRecordCreated/);
  await open('Access');
  await page
    .getByRole('region', { name: /AddUserToGroupFunctionRole/ })
    .getByText(/^Allowed: /)
    .click();
  await row(/cognito-idp:AdminAddUserToGroup .* policy \S+, statement 1/);
}, 300_000);

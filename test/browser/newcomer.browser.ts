import type { Browser, Page } from 'playwright-core';
import { launchBrowser } from '../support/browser';
import { eventually, TestCloud } from '../support/test-cloud';

let cloud: TestCloud;
let browser: Browser;
let page: Page;

beforeAll(async () => {
  // The next retry is minutes away, as on AWS.
  cloud = await TestCloud.start();
  browser = await launchBrowser();
  page = await browser.newPage({ baseURL: cloud.endpoint });
  page.setDefaultTimeout(15_000);
  await cloud.signUpAndConfirm(); // every function is warm
}, 30_000);

afterAll(async () => {
  await browser.close();
  await cloud.close();
});

beforeEach(() => page.goto('/console'));

const open = (name: string) =>
  page.getByRole('navigation', { name: 'Console' }).getByRole('link', { name }).click();
const text = (words: string) => page.getByText(words).first().waitFor();

test('a newcomer finds out what failed, heals it, and sees everything about the user', async () => {
  await open('Faults');
  await page.getByRole('button', { name: 'Switch on: Throttle group adds' }).click();
  await page.getByRole('link', { name: 'sign somebody up' }).click();
  await page.getByLabel('E-mail address').first().fill('grace@example.com');
  await page.getByRole('button', { name: 'Sign up and confirm' }).click();

  // What failed, in which function, and what happens next.
  await text('AddUserToGroup failed with TooManyRequestsException after 2 attempts.');
  await text('Parked; next retry in');
  const execution = page.url();
  await page.getByText('Log of attempt 2').click();
  await page
    .getByRole('cell', { name: /AddUserToGroupFunction/ })
    .last()
    .waitFor();
  await page.getByRole('link', { name: 'Timeline' }).click();
  await page.getByRole('cell', { name: 'Wait' }).waitFor();

  // The way of healing that does not wait: the first retry has failed, and the next one is minutes away.
  await eventually(async () => (await cloud.logs()).some((line) => line.includes('RetryFailed')), 15_000);
  await open('Faults');
  await page.getByRole('button', { name: 'Switch off: Throttle group adds' }).click();
  await open('Queues');
  await page.getByRole('button', { name: /^Retry now/ }).click();
  await page.goto(execution);
  await text('Healed: a later execution succeeded.');

  // The mail, and the record.
  await open('Mail');
  await page.getByRole('row', { name: /grace@example.com .*verification code/ }).waitFor();
  await page.goto(execution);
  await page.getByRole('link', { name: 'grace@example.com' }).first().click();
  await page.getByRole('table', { name: 'Item' }).getByRole('cell', { name: 'shopping_cart' }).waitFor();
  await page.getByRole('heading', { name: 'Executions (3)' }).waitFor();
}, 90_000);

test('a newcomer makes users, and reconciles', async () => {
  await open('Users');
  await page.getByLabel('E-mail address').first().fill('ada@example.com');
  await page.getByRole('button', { name: 'Sign up only' }).click();
  await page.getByRole('button', { name: 'Confirm with the code from the mail' }).click();
  await text('Done in');

  await open('Reconciliation');
  await page.getByRole('button', { name: 'Dry run' }).click();
  await text('The last dry run found 0 users to send to the retry queue.');
  await page.getByRole('button', { name: 'Reconcile' }).click();
  await page.getByRole('cell', { name: 'Reconciliation', exact: true }).waitFor();
}, 90_000);

test('a newcomer sees which branch was never taken, and what a role was denied', async () => {
  await open('State machines');
  await page
    .getByRole('row', { name: /Express/ })
    .getByRole('link')
    .first()
    .click();
  await page.getByRole('row', { name: /ParkUser Catch .* Never/ }).waitFor();
  await page.getByRole('link', { name: /PutUserRecord \d+ visits/ }).waitFor();

  await open('Access');
  await page
    .getByRole('row', { name: /Allowed cognito-idp:AdminAddUserToGroup/ })
    .first()
    .waitFor();
  await open('Logs');
  await page.getByLabel('Search').fill('ada@example.com');
  await page.getByRole('button', { name: 'Filter' }).click();
  await eventually(async () =>
    (await page.getByRole('row').allInnerTexts()).join().includes('UserRecordCreated'),
  );
}, 60_000);

import { ConsolePages, textOf } from '../../../support/console-pages';
import { TestCloud } from '../../../support/test-cloud';

const PASSWORD = 'Correct-Horse-7';

let cloud: TestCloud;
let pages: ConsolePages;

beforeAll(async () => {
  cloud = await TestCloud.start();
  pages = new ConsolePages(cloud);
});

afterAll(() => cloud.close());
afterEach(() => cloud.setFaults([]));

/** Makes a user with the form, and answers their page. */
async function make(email: string, how: string): Promise<string> {
  const { status, location } = await pages.post('/console/users', { email, password: PASSWORD, how });
  expect({ status, location }).toEqual({
    status: 303,
    location: expect.stringMatching(/^\/console\/users\/[0-9a-f-]{36}$/),
  });
  return location;
}

test('signs a user up without confirming them, then confirms them with their code', async () => {
  const page = await make('ada@example.com', 'sign-up');
  expect(await pages.textAt(page)).toMatch(/Not confirmed yet .*Groups None .*No item of the table/);

  const { status, location } = await pages.post(`${page}/confirm`);

  expect(status).toBe(303);
  expect(location).toMatch(/^\/console\/executions\/arn/);
  await pages.until(page, ' Onboarded ');
  expect(await pages.textAt(page)).toMatch(/Groups users .*Executions \(1\)/);
});

test('everything about a user is on one page', async () => {
  const { sub, email } = await cloud.signUpAndConfirm({ address: '12 St James Square' });

  const text = await pages.textAt(`/console/users/${sub}`);

  expect(text).toContain(`PK S USER#${sub}`);
  expect(text).toContain('shopping_cart M {}');
  expect(text).toMatch(/Mail \(1\) .*Verify your new account .*is (\d{6}) \1 /);
  expect(text).toMatch(/Attributes in Cognito .*address 12 St James Square/);
  expect(await pages.textAt('/console/users')).toContain(email);
});

test('shows the messages of a parked user', async () => {
  await cloud.setFaults([{ action: 'states:StartSyncExecution', error: 'ThrottlingException' }]);
  const { sub } = await cloud.signUpAndConfirm();

  const text = await pages.textAt(`/console/users/${sub}`);

  expect(text).toContain('Messages in queues (1)');
  expect(text).toContain('Executions (0)');
  expect(text).toContain(' Not onboarded');
});

test('creates a user as an administrator, with an invitation', async () => {
  const page = await make('grace@example.com', 'administrator');

  const text = await pages.textAt(page);
  expect(text).toContain('Has to change the password');
  expect(text).toContain('Your temporary password');
});

test('signs somebody in through an identity provider', async () => {
  const fields = { provider: 'Google', email: 'linus@example.com' };
  const { location } = await pages.post('/console/users/federated', fields);

  const text = await pages.textAt(location);
  expect(text).toContain('Status External provider');
  expect(text).toContain('Username Google_');

  const refused = await pages.post('/console/users/federated', { ...fields, provider: '<b>' });
  expect(refused.status).toBe(400);
  expect(textOf(refused.html)).toContain('letters, digits, _ and - are allowed');
});

test('deletes a user; what they left stays on their page', async () => {
  const { sub } = await cloud.signUpAndConfirm();

  expect(await pages.post(`/console/users/${sub}/delete`)).toMatchObject({ status: 303 });

  const text = await pages.textAt(`/console/users/${sub}`);
  expect(text).toContain('they were deleted');
  expect(text).toContain('Executions (1)');
});

test('deletes nobody when Cognito refuses, and says why', async () => {
  const { sub } = await cloud.signUp();
  await cloud.setFaults([{ action: 'cognito-idp:AdminDeleteUser', error: 'TooManyRequestsException' }]);

  const { status, html } = await pages.post(`/console/users/${sub}/delete`);

  expect(status).toBe(400);
  expect(textOf(html)).toContain('TooManyRequestsException (an injected fault)');
  expect(textOf(html)).toContain('Unconfirmed');
});

test.each(['', '/confirm', '/delete'])('knows no user of another name: %s', async (action) => {
  const { status, html } = await pages.post(`/console/users/<b>${action}`);

  expect(status).toBe(404);
  expect(html).not.toContain('<b>');
});

import { SendMessageCommand } from '@aws-sdk/client-sqs';
import { ConsolePages, textOf } from '../../support/console-pages';
import { eventually, TestCloud } from '../../support/test-cloud';

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

describe('mail', () => {
  test('shows the messages with their codes, and finds them by address', async () => {
    const { email } = await cloud.signUp();
    await cloud.signUp();

    const text = await pages.textAt(`/console/mail?search=${email}`);

    expect(text).toContain('Messages (1)');
    expect(text).toContain(`${email} E-mail Verify your new account`);
    expect(text).toContain(`Copy code ${await cloud.codeFor(email)}`.slice(10));
  });
});

describe('logs', () => {
  test('shows the lines about a user, with a link to the invocation and from there to the execution', async () => {
    const { email, sub } = await cloud.signUpAndConfirm();

    await pages.until(`/console/logs?search=${email}`, 'UserRecordCreated');
    const html = await pages.get(`/console/logs?search=${email}`);
    const [, invocation = ''] = /href="(\/console\/invocations\/[^"]+)"/.exec(html) ?? [];

    const text = await pages.textAt(invocation);
    expect(text).toContain('Cold start No');
    expect(text).toContain(`${sub}_`);
    expect(textOf(html)).toContain('UserAddedToGroup');
    expect(await pages.textAt(`/console/logs?search=${email}&level=ERROR`)).toContain('No line matches.');
  });

  test('an invocation shows its error', async () => {
    await cloud.setFaults([{ action: GROUP, error: 'ResourceNotFoundException' }]);
    const { email } = await cloud.signUpAndConfirm();

    const text = await pages.textAt(`/console/logs?search=${email}&level=WARN`);

    expect(text).toMatch(/WARN .*PostConfirmation.* UserParked/);
    expect(await pages.textAt('/console/logs?level=ERROR')).toContain('ResourceNotFoundException');
  });

  test('knows no invocation of another name', async () => {
    const response = await fetch(`${cloud.endpoint}/console/invocations/<b>`);

    expect(response.status).toBe(404);
    expect(await response.text()).not.toContain('<b>');
  });
});

describe('queues', () => {
  test('a parked user is retried now, although the next retry is minutes away', async () => {
    await cloud.setFaults([{ action: GROUP, error: 'ResourceNotFoundException' }]);
    const { email, sub } = await cloud.signUpAndConfirm();
    const row = () => pages.get('/console/queues').then((html) => rowOf(html, email));
    await eventually(async () => /in \d+ min|in \d+ s/.test(textOf(await row())));
    await eventually(async () => !(await row()).includes('disabled'));
    await cloud.setFaults([]);

    const { status } = await pages.post('/console/queues/message', fieldsIn(await row(), 'retry'));

    expect(status).toBe(303);
    await eventually(async () => (await cloud.recordOf({ email, sub })) !== undefined);
    await eventually(async () => !(await pages.get('/console/queues')).includes(email));
  });

  test('deletes one message of a dead-letter queue and shows the bodies', async () => {
    const QueueUrl = cloud.output('DeadLetterQueueUrl');
    for (const MessageBody of ['keep me', 'delete me'])
      await cloud.sqs.send(new SendMessageCommand({ QueueUrl, MessageBody }));
    const html = await pages.get('/console/queues');
    const row = rowOf(html, 'delete me');

    expect((await pages.post('/console/queues/message', fieldsIn(row, 'delete'))).status).toBe(303);

    const text = await pages.textAt('/console/queues');
    expect(text).toContain('keep me');
    expect(text).not.toContain('delete me');
    const again = await pages.post('/console/queues/message', fieldsIn(row, 'delete'));
    expect(again.status).toBe(400);
    expect(textOf(again.html)).toMatch(/Nothing was done: there is no message [\w-]+ in .* any more/);
  });

  test('shows what became of a redrive', async () => {
    await pages.post('/console/queues/redrive', { arn: cloud.output('DeadLetterQueueArn') });

    await eventually(async () => /COMPLETED 1 –/.test(await pages.textAt('/console/queues')));
  });
});

function rowOf(html: string, text: string): string {
  return html.split('<tr ').find((row) => row.includes(text)) ?? '';
}

function fieldsIn(row: string, action: string) {
  const fieldIn = (name: string) => new RegExp(`name="${name}" value="([^"]*)"`).exec(row)?.[1] ?? '';
  return { queue: fieldIn('queue'), messageId: fieldIn('messageId'), action };
}

import { SignUpCommand } from '@aws-sdk/client-cognito-identity-provider';
import { SendMessageCommand } from '@aws-sdk/client-sqs';
import { ConsolePages, textOf } from '../../support/console-pages';
import { eventually, TestCloud } from '../../support/test-cloud';

const HOSTILE = '<img/src=x/onerror="alert(1)">';
const PASSWORD = 'Correct-Horse-7';
const GROUP = 'cognito-idp:AdminAddUserToGroup';
const THROTTLE = JSON.stringify({ action: GROUP, error: 'TooManyRequestsException' });
const TWICE = JSON.stringify({ action: 'local:DeliverTriggerTwice' });

let cloud: TestCloud;
let pages: ConsolePages;

beforeAll(async () => {
  cloud = await TestCloud.start({ queueTimeScale: 0.1, maxReceiveCount: 2 });
  pages = new ConsolePages(cloud);
});

afterAll(() => cloud.close());
afterEach(() => cloud.setFaults([]));

/** Signs a user up on the page, and answers where it leads. */
async function signUp(email: string, fields: Record<string, string> = {}): Promise<string> {
  const { status, location } = await pages.post('/console/users', { email, password: PASSWORD, ...fields });
  expect(status).toBe(303);
  return location;
}

test.each(['/console', '/console/users', '/console/queues', '/console/faults'])(
  '%s is the same page with a slash at its end',
  async (path) => {
    // The time on the clock goes on.
    const withoutTimes = (html: string) => html.replace(/<time.*?<\/time>/g, '');
    const [slash, plain] = [await pages.get(`${path}/`), await pages.get(path)];
    expect(withoutTimes(slash) === withoutTimes(plain)).toBe(true);
  },
);

const PAGES = [
  '/console',
  ...[
    'access',
    'events',
    'faults',
    'logs',
    'mail',
    'queues',
    'reconciliation',
    'state-machines',
    'users',
  ].map((name) => `/console/${name}`),
];

test.each(PAGES)('%s is a page of its own files only', async (path) => {
  const response = await fetch(cloud.endpoint + path);
  const html = await response.text();

  expect(response.headers.get('content-security-policy')).toBe(
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; " +
      "form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
  );
  expect(html).toMatch(/^<!doctype html><html lang="en">/);
  const sources = [...html.matchAll(/<(?:script|link|img)[^>]*(?:src|href)="([^"]*)"/g)].map(
    ([, url]) => url,
  );
  expect(sources.every((url) => url?.startsWith('/console/'))).toBe(true);
  expect(html).not.toMatch(/<script>|<style|\sstyle="|\son\w+="/);
  expect(html.match(/<h1/g)).toHaveLength(1);
});

test.each([
  ['console.css', /^text\/css/],
  ['client.js', /^text\/javascript/],
  ['icon.svg', /^image\/svg\+xml/],
])('serves %s', async (name, type) => {
  const response = await fetch(`${cloud.endpoint}/console/${name}`);

  expect(response.status).toBe(200);
  expect(response.headers.get('content-type')).toMatch(type);
});

test.each(['/console/nothing', '/console/executions/arn%3Aaws%3A%3Cscript%3E'])(
  'knows no %s',
  async (path) => {
    const response = await fetch(cloud.endpoint + path);

    expect(response.status).toBe(404);
    expect(await response.text()).not.toContain('<script>');
  },
);

const IDS = ['__proto__', 'constructor', '%FF', '%00', '..%2F..%2Fetc', '%3Cscript%3E', 'x'.repeat(5_000)];

/** The gateway refuses these for every page. */
const REFUSED = ['%00', '..%2F..%2Fetc'];

test.each(['executions', 'users', 'invocations', 'state-machines'])(
  'answers a hostile id below %s with words',
  async (room) => {
    for (const id of IDS) {
      const response = await fetch(`${cloud.endpoint}/console/${room}/${id}`);
      const html = await response.text();
      expect({ id, status: response.status }).toEqual({ id, status: REFUSED.includes(id) ? 400 : 404 });
      expect(textOf(html)).toMatch(/Not found .*[Tt]here is no|not a path/);
      expect(html).not.toMatch(/<script>|\.tsx?:\d+/);
    }
  },
);

test.each([
  '/console?page=1e99&status=__proto__&machine=constructor',
  '/console/users?page=-1&search=%00&pool=nothing',
  '/console/mail?page=NaN&search=%FF',
  '/console/logs?level=__proto__&function=constructor&search=%3Cscript%3E',
  '/console/events?page=Infinity',
])('shows %s as a page', async (path) => {
  expect(await pages.get(path)).not.toContain('<script>');
});

test('signs a user up, confirms them, and shows what became of them', async () => {
  const execution = await signUp('ada@example.com', { address: '12 St James Square' });

  expect(execution).toMatch(/^\/console\/executions\/arn/);
  await pages.until(execution, 'Done in');
  const html = await pages.get(execution);
  expect(textOf(html)).toContain('AddUserToGroup Succeeded');
  expect(textOf(html)).toContain('ParkUser Not reached');
  expect(await pages.textAt(`${execution}?tab=events`)).toMatch(/TaskStateEntered AddUserToGroup \d+ ms/);
  expect(textOf(html)).toContain('12 St James Square');
  expect(await pages.textAt(`${execution}?state=PutUserRecord`)).toContain('Definition of PutUserRecord');
  expect(await pages.textAt('/console/users?search=ada@')).toMatch(
    /ada@example.com .*Confirmed users Yes Onboarded/,
  );
  expect(await pages.textAt('/console?search=ADA@example&status=SUCCEEDED')).toContain('Executions (1)');
  expect(await pages.textAt('/console?search=ada@example&status=FAILED')).toContain('Executions (0)');
});

test('follows a user who is throttled: retried, parked, healed', async () => {
  expect((await pages.post('/console/faults/on', { fault: THROTTLE })).status).toBe(303);
  expect(await pages.get('/console')).toContain('aria-label="Faults, 1 active"');

  const parked = await signUp('grace@example.com');

  await pages.until(
    parked,
    'AddUserToGroup failed with TooManyRequestsException after 2 attempts. Parked; next retry in',
  );
  const html = await pages.get(parked);
  expect(textOf(html)).toContain('AddUserToGroup Caught error · 1 retry');
  expect(textOf(html)).toContain('OnboardingParked Failed');
  expect(textOf(html)).toMatch(
    /Error TooManyRequestsException Cause TooManyRequestsException \(an injected fault/,
  );
  let queues = '';
  // The first retry may be under way just now, and then there is no next one yet.
  await eventually(async () => {
    queues = await pages.textAt('/console/queues');
    return / in \d+(\.\d)? s/.test(queues);
  });
  expect(queues).toContain('Retry queue (1 user parked)');
  expect(queues).toMatch(/grace@example.com .*TooManyRequestsException in AddUserToGroup .* in \d+(\.\d)? s/);
  expect(await pages.textAt('/console/users?search=grace')).toMatch(/None No Not onboarded/);

  await pages.post('/console/faults/off', { fault: THROTTLE });

  await pages.until(parked, 'Healed: a later execution succeeded.');
  await pages.until('/console/queues', 'nobody is parked');
});

test('shows who was given up, and redrives them', async () => {
  await cloud.setFaults([{ action: GROUP, error: 'ResourceNotFoundException' }]);
  const parked = await signUp('mary@example.com');
  await pages.until(parked, 'All retries failed: the user is in the dead-letter queue');
  const QueueUrl = cloud.output('DeadLetterQueueUrl');
  await cloud.sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: 'no user' }));
  const queues = await pages.textAt('/console/queues');
  expect(queues).toContain('Dead-letter queue (2 messages)');
  expect(queues).toMatch(/mary@example.com .*ResourceNotFoundException in AddUserToGroup/);
  expect(queues).toContain('Not a user');

  await cloud.setFaults([]);
  const { status } = await pages.post('/console/queues/redrive', { arn: cloud.output('DeadLetterQueueArn') });

  expect(status).toBe(303);
  await pages.until(parked, 'Healed');
});

test('says why a redrive did not begin', async () => {
  const { status, html } = await pages.post('/console/queues/redrive', { arn: HOSTILE });

  expect(status).toBe(400);
  expect(textOf(html)).toContain('Not redriven: there is no queue &lt;img');
});

test.each([
  [{ email: 'ada', password: 'short' }, 'Password not long enough'],
  [{ email: '  ', password: PASSWORD }, 'an e-mail address is needed'],
  [{ password: PASSWORD }, 'email'],
])('says why %j cannot sign up, and keeps what was filled in', async (fields, reason) => {
  const { status, html } = await pages.post('/console/users', fields as Record<string, string>);

  expect(status).toBe(400);
  expect(/role="alert">([^<]*)</.exec(html)?.[1]).toContain(reason);
  expect(html).toContain(`name="password" value="${fields.password}"`);
});

test('says that a confirmation failed, and shows the user all the same', async () => {
  await cloud.setFaults([
    { action: 'states:StartSyncExecution', error: 'ThrottlingException' },
    { action: 'sqs:SendMessage', error: 'ServiceUnavailable' },
  ]);

  const { status, html } = await pages.post('/console/users', {
    email: 'lost@example.com',
    password: PASSWORD,
  });

  expect(status).toBe(400);
  expect(textOf(html)).toContain('PostConfirmation failed with error');
  expect(textOf(html)).toMatch(/lost@example.com .*Confirmed None No Not onboarded/);
});

test('a user whom no execution was started for leads to the list', async () => {
  await cloud.setFaults([{ action: 'states:StartSyncExecution', error: 'ThrottlingException' }]);

  expect(await signUp('later@example.com')).toMatch(/^\/console\?search=[0-9a-f-]{36}$/);

  const queues = await pages.textAt('/console/queues');
  expect(queues).toMatch(/later@example.com .*No execution yet/);
});

test('hostile names are text everywhere', async () => {
  const email = `${HOSTILE}@example.com`;
  await cloud.setFaults([{ action: GROUP, error: 'ResourceNotFoundException' }]);

  const parked = await signUp(email, { address: HOSTILE });

  await pages.until(parked, 'Parked; next retry');
  for (const path of [parked, `${parked}?state=${encodeURIComponent(HOSTILE)}`, '/console', ...PAGES]) {
    expect(await pages.get(path)).not.toContain('<img/src=x');
  }
  for (const path of [parked, '/console', '/console/queues', '/console/users']) {
    expect(await pages.get(path)).toContain('&lt;img/src=x/onerror=&quot;alert(1)&quot;&gt;@example.com');
  }
});

test.each(['search', 'status', 'machine', 'page'])('a hostile %s is text', async (name) => {
  const query = new URLSearchParams({ [name]: `"'>${HOSTILE}` });

  for (const path of ['/console', '/console/users'])
    expect(await pages.get(`${path}?${query}`)).not.toContain('<img/src=x');
});

test('what every object inherits is no state', async () => {
  const html = await pages.get(`${await signUp('inherited@example.com')}?state=constructor`);

  expect(html).toContain('<h2 id="state-title">');
  expect(html).not.toContain('<h2 id="state-title">constructor');
});

test('nobody else can make a form be sent', async () => {
  const { status } = await pages.post('/console/faults/on', { fault: TWICE }, 'http://evil.example');

  expect(status).toBe(403);
  expect(await cloud.get('/_local/faults')).toEqual([]);
});

test('switches faults on and off beside those of the API', async () => {
  const other = { action: 'dynamodb:PutItem', error: 'InternalServerError', times: 3 };
  await cloud.setFaults([other]);

  await pages.post('/console/faults/on', { fault: TWICE });
  await pages.post('/console/faults/on', { fault: TWICE });

  expect(await cloud.get('/_local/faults')).toEqual([other, { action: 'local:DeliverTriggerTwice' }]);
  const html = await pages.get('/console/faults');
  expect(html).toContain('aria-label="Switch off: Cognito calls the trigger twice"');
  expect(textOf(html)).toContain('Own faults');

  await pages.post('/console/faults/off', { fault: TWICE });
  expect(await cloud.get('/_local/faults')).toEqual([other]);

  await pages.post('/console/faults/clear', {});
  expect(await cloud.get('/_local/faults')).toEqual([]);
});

test('tells a page of sign-ups by the API, too', async () => {
  const { body } = await fetch(`${cloud.endpoint}/console/changes`);
  const reader = (body as ReadableStream<Uint8Array>).getReader();
  let heard = '';
  const listening = (async () => {
    while (!heard.includes('event: change'))
      heard += Buffer.from((await reader.read()).value ?? []).toString();
  })();
  await eventually(async () => heard.includes('event: connected'));

  const ClientId = cloud.output('UserPoolClientId');
  await cloud.cognito.send(new SignUpCommand({ ClientId, Username: 'cli@example.com', Password: PASSWORD }));

  await listening;
  expect(await pages.textAt('/console/users')).toContain('cli@example.com');
  await reader.cancel();
});

test('a Standard execution has its page as well', async () => {
  const arn = await cloud.startReconciliation({ dryRun: true });
  const path = `/console/executions/${encodeURIComponent(arn)}`;

  await pages.until(path, 'Done in');

  expect(await pages.textAt(path)).toContain('ReconcileUsers Succeeded');
  expect(await pages.textAt(path)).toContain('(Standard)');
});

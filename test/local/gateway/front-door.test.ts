import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import fc from 'fast-check';
import { TestCloud } from '../../support/test-cloud';

const KIB = 1024;
const MIB = 1024 * KIB;
const INVOKE = '/2015-03-31/functions/fn/invocations';

let cloud: TestCloud;
let port: number;

beforeAll(async () => {
  cloud = await TestCloud.start();
  port = Number(new URL(cloud.endpoint).port);
});

afterAll(() => cloud.close());

interface RawRequest {
  readonly method?: string;
  readonly path?: string;
  readonly headers?: Record<string, string>;
  readonly body?: string;
}

/** A request as it is: nothing between here and the socket that would mend it. */
async function send({ method = 'POST', path = '/', headers = {}, body = '' }: RawRequest) {
  const all = {
    Host: `127.0.0.1:${port}`,
    Connection: 'close',
    ...(!('Transfer-Encoding' in headers) && { 'Content-Length': String(Buffer.byteLength(body)) }),
    ...headers,
  };
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}`);
  return exchange(`${method} ${path} HTTP/1.1\r\n${lines.join('\r\n')}\r\n\r\n${body}`);
}

async function exchange(request: string) {
  const socket = connect(port, '127.0.0.1');
  // What was answered counts, even if the rest of the request was not wanted any more.
  socket.on('error', () => {});
  socket.write(request);
  const [head = '', ...rest] = (await text(socket)).split('\r\n\r\n');
  return { status: Number(head.split(' ')[1]), head, body: rest.join('\r\n\r\n') };
}

/** Sends one chunk after the other until there is an answer, or so many bytes are gone. */
async function exchangeEndless(request: string, chunk: string, most: number) {
  const socket = connect(port, '127.0.0.1');
  let [head, sent, isOpen] = ['', 0, true];
  const ended = new Promise<void>((resolve) => {
    const end = () => {
      isOpen = false;
      resolve();
    };
    socket.on('data', (data) => {
      head += data;
      end();
    });
    socket.on('error', end).on('close', end);
  });
  socket.write(request);
  while (isOpen && sent < most) {
    sent += chunk.length;
    const isDrained = new Promise((resolve) => socket.write(chunk, resolve));
    await Promise.race([isDrained, ended]);
  }
  await ended;
  socket.destroy();
  return { head, sent };
}

const call = (target: string, body: string, headers = {}) => {
  return send({
    headers: { 'X-Amz-Target': target, 'Content-Type': 'application/x-amz-json-1.0', ...headers },
    body,
  });
};

afterEach(async () => {
  expect(await send({ method: 'GET', path: '/_local/health' })).toMatchObject({ status: 200 });
});

describe('Host', () => {
  test.each([
    '127.0.0.1',
    'localhost',
    'LocalHost',
    '[::1]',
    'aws.localhost',
    'sync-aws.localhost',
    'a.b.localhost',
  ])('answers to %s', async (host) => {
    const headers = { Host: `${host}:${port}` };

    expect(await send({ method: 'GET', path: '/_local/health', headers })).toMatchObject({ status: 200 });
  });

  test.each([
    ['a name that somebody else owns', () => `evil.example:${port}`],
    ['another port', () => '127.0.0.1:1'],
    ['no port', () => '127.0.0.1'],
    ['another address of this machine', () => `0.0.0.0:${port}`],
    ['a name that only ends like a local one', () => `evillocalhost.example:${port}`],
    ['a name that begins like a local one', () => `localhost.evil.example:${port}`],
    ['an address written as a number', () => `2130706433:${port}`],
    ['a trailing dot', () => `localhost.:${port}`],
    ['nothing', () => ''],
  ])('refuses %s', async (_, host) => {
    const response = await call('DynamoDB_20120810.ListTables', '{}', { Host: host() });

    expect([400, 421]).toContain(response.status);
    expect(JSON.parse(response.body)).toMatchObject({
      __type: expect.stringMatching(/^(MisdirectedRequestException|InvalidRequestException)$/),
    });
  });

  test('says what to do', async () => {
    const { body } = await send({ headers: { Host: 'evil.example' } });

    expect(JSON.parse(body).message).toBe(
      `the local cloud does not answer to the host "evil.example": call it by http://127.0.0.1:${port}, or start it with --allow-host`,
    );
  });
});

describe('a web page', () => {
  const setFaults = (headers: Record<string, string>) =>
    send({ method: 'PUT', path: '/_local/faults', headers, body: '[]' });

  test.each([
    ['elsewhere', { Origin: 'https://evil.example', 'Sec-Fetch-Site': 'cross-site' }],
    ['elsewhere, in an old browser', { Origin: 'http://evil.example' }],
    ['in a sandbox', { Origin: 'null' }],
    ['on another port of this machine', { Origin: 'http://127.0.0.1:1', 'Sec-Fetch-Site': 'same-site' }],
    ['that sends no origin', { 'Sec-Fetch-Site': 'cross-site' }],
  ])('%s cannot ask for faults', async (_, headers) => {
    const { status, body } = await setFaults(headers);

    expect({ status, ...JSON.parse(body) }).toMatchObject({
      status: 403,
      __type: 'CrossOriginRequestException',
    });
  });

  test('of the local cloud itself can', async () => {
    const own = { Origin: `http://127.0.0.1:${port}`, 'Sec-Fetch-Site': 'same-origin' };

    expect(await setFaults(own)).toMatchObject({ status: 200 });
  });

  test.each([
    [200, 'document', 'a link'],
    [403, 'iframe', 'a frame'],
    [403, 'empty', 'a script'],
  ])('elsewhere gets %d for a GET by %s (%s)', async (status, destination) => {
    const mode = destination === 'empty' ? 'no-cors' : 'navigate';
    const headers = { 'Sec-Fetch-Site': 'cross-site', 'Sec-Fetch-Mode': mode, 'Sec-Fetch-Dest': destination };

    expect(await send({ method: 'GET', path: '/_local/health', headers })).toMatchObject({ status });
  });
});

test.each([
  '/_local/../_local/health',
  '/_local/%2e%2e/secret',
  '/_local/.%2E/secret',
  '/_local/queues/..%2f..%2fetc%2fpasswd',
  '/_local/queues/a%5cb',
  '/_local/queues/a%00',
  '/_local/./health',
  '//evil.example/_local/health',
  '/_local//health',
  '/_local\\health',
  'http://evil.example/_local/health',
  'http://[/_local/health',
  '*',
  'evil',
])('refuses the path %s', async (path) => {
  const { status, head } = await send({ method: 'GET', path });

  expect(status).toBe(400);
  expect(head).not.toContain('200 OK');
});

describe('a body that is too large', () => {
  const tooLarge = (bytes: number) => ({ 'Content-Length': String(bytes + 1) });

  test.each<[string, number]>([
    ['DynamoDB_20120810.PutItem', 16 * MIB],
    ['AmazonSQS.SendMessage', 8 * MIB],
    ['AWSStepFunctions.StartExecution', 2 * MIB],
    ['AWSCognitoIdentityProviderService.SignUp', MIB],
    ['Nothing.Known', MIB],
  ])('%s: more than %d bytes are refused before they are read', async (target, limit) => {
    const { status, body } = await call(target, '', tooLarge(limit));

    expect(status).toBe(413);
    expect(JSON.parse(body)).toEqual({
      __type: 'RequestEntityTooLargeException',
      message: `the request has ${limit + 1} bytes, but at most ${limit} are allowed`,
    });
  });

  test.each([
    ['RequestResponse', 6 * MIB],
    ['Event', MIB],
  ])("of Lambda's invocation type %s has Lambda's limit", async (type, limit) => {
    const headers = { ...tooLarge(limit), 'X-Amz-Invocation-Type': type };
    const { status, head, body } = await send({ path: INVOKE, headers });

    expect(status).toBe(413);
    expect(head).toContain('x-amzn-errortype: RequestEntityTooLargeException');
    expect(JSON.parse(body)).toEqual({
      Type: 'User',
      message: `${limit + 1} byte payload is too large for the ${type} invocation type (limit ${limit} bytes)`,
    });
  });

  test('of the local API is refused, too', async () => {
    const request = { method: 'PUT', path: '/_local/faults', headers: tooLarge(MIB) };

    expect(await send(request)).toMatchObject({ status: 413 });
  });

  test('that does not say how large it is, is read up to the limit only', async () => {
    const chunk = `${(64 * KIB).toString(16)}\r\n${'x'.repeat(64 * KIB)}\r\n`;
    const { head, sent } = await exchangeEndless(
      `POST / HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nX-Amz-Target: AmazonSQS.SendMessage\r\n` +
        'Content-Type: application/x-amz-json-1.0\r\nTransfer-Encoding: chunked\r\n\r\n',
      chunk,
      64 * MIB,
    );

    expect(head).toContain(' 413 ');
    // Beyond the limit there is only what was on its way.
    expect(sent).toBeLessThan(24 * MIB);
  });

  test.each([
    ['a length and chunks', { 'Transfer-Encoding': 'chunked', 'Content-Length': '5' }],
    ['a length that is none', { 'Content-Length': 'five' }],
  ])('with %s is refused', async (_, headers) => {
    expect(await send({ headers, body: '0\r\n\r\n' })).toMatchObject({ status: 400 });
  });

  test.each<[string, object, string]>([
    [
      'AWSStepFunctions.StartExecution',
      { input: JSON.stringify('x'.repeat(256 * KIB)) },
      'ValidationException',
    ],
    ['AmazonSQS.SendMessage', { MessageBody: 'x'.repeat(MIB + 1) }, 'InvalidParameterValue'],
    [
      'DynamoDB_20120810.PutItem',
      { Item: { PK: { S: 'a' }, SK: { S: 'x'.repeat(400 * KIB) } } },
      'ValidationException',
    ],
  ])('%s: what the service itself takes too large for', async (target, input, type) => {
    const place = {
      stateMachineArn: cloud.output('StateMachineArn'),
      QueueUrl: cloud.output('RetryQueueUrl'),
      TableName: cloud.output('TableName'),
    };

    const { status, body } = await call(target, JSON.stringify({ ...place, ...input }));

    expect(status).toBe(400);
    expect(JSON.parse(body).__type).toContain(type);
  });
});

describe('what is no call', () => {
  const TARGET = 'AWSCognitoIdentityProviderService.SignUp';

  test.each([
    'text/plain',
    'text/html',
    'multipart/form-data; boundary=x',
    'application/cbor',
    'application/jsonp',
  ])('because of its content type %s', async (contentType) => {
    const { status, body } = await call(TARGET, '{}', { 'Content-Type': contentType });

    expect(status).toBe(400);
    expect(JSON.parse(body)).toMatchObject({ __type: 'UnknownOperationException' });
  });

  test.each(['{', '[]', '"text"', '{"a":1}}', '\u0000', '{"a":\u0001}', '{"__proto__":'])(
    'because of its JSON %j',
    async (body) => {
      const response = await call(TARGET, body);

      expect(response.status).toBe(400);
      expect(JSON.parse(response.body)).toMatchObject({ __type: 'SerializationException' });
    },
  );

  test.each<[string, object, string]>([
    [TARGET, { ClientId: { a: 1 } }, 'ClientId is a string, not an object'],
    [TARGET, { UserAttributes: { Name: 'email' } }, 'UserAttributes is a list, not an object'],
    [TARGET, { UserAttributes: [{ Name: 5 }] }, 'UserAttributes.0.Name is a string, not a number'],
    ['DynamoDB_20120810.GetItem', { Key: { PK: 'a' } }, 'Key.PK is an object, not a string'],
    ['AmazonSQS.SendMessage', { QueueUrl: 5 }, 'QueueUrl is a string, not a number'],
    ['AWSStepFunctions.StartExecution', { input: {} }, 'input is a string, not an object'],
  ])('because of its shape: %s with %j', async (target, input, message) => {
    const { status, body } = await call(target, JSON.stringify(input));

    expect(status).toBe(400);
    expect(JSON.parse(body)).toEqual({ __type: 'SerializationException', message });
  });

  test.each([
    ['PUT', '/_local/faults'],
    ['POST', '/_local/federated-sign-in'],
  ])('to the local API: %s %s', async (method, path) => {
    for (const body of ['', '{', '"x"', '{"action":5}', '{"userPoolId":"none","provider":"Google"}']) {
      const response = await send({ method, path, body });

      expect(response.status).toBe(400);
      expect(JSON.parse(response.body)).toEqual({ error: expect.any(String), message: expect.any(String) });
    }
  });

  test('because it is no HTTP', async () => {
    expect(await exchange('\u0016\u0003\u0001 hello\r\n\r\n')).toMatchObject({ status: 400 });
  });
});

test('whatever a call says, it is answered in the form of AWS', async () => {
  const targets = fc.constantFrom(
    'AWSCognitoIdentityProviderService.SignUp',
    'AWSCognitoIdentityProviderService.InitiateAuth',
    'AWSCognitoIdentityProviderService.AdminGetUser',
    'AWSCognitoIdentityService.GetId',
    'AWSCognitoIdentityService.GetCredentialsForIdentity',
    'DynamoDB_20120810.Query',
    'DynamoDB_20120810.BatchWriteItem',
    'AmazonSQS.SendMessageBatch',
    'AWSStepFunctions.StartExecution',
  );
  const inputs = fc.dictionary(
    fc.constantFrom(
      'UserPoolId',
      'ClientId',
      'Username',
      'IdentityPoolId',
      'Logins',
      'TableName',
      'QueueUrl',
      'Entries',
      'input',
    ),
    fc.oneof(fc.string(), fc.jsonValue()),
  );

  await fc.assert(
    fc.asyncProperty(targets, inputs, async (target, input) => {
      const { status, body } = await call(target, JSON.stringify(input));

      expect(status).toBeLessThan(500);
      if (status !== 200) expect(JSON.parse(body)).toHaveProperty('__type');
    }),
    { numRuns: 100 },
  );
});

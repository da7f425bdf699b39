import { request } from 'node:http';
import { Gateway } from '../../../local/gateway/gateway';
import { LocalCloud } from '../../../local/local-cloud';

const PAGE = 'http://localhost:3000';

let cloud: LocalCloud;

beforeAll(async () => {
  cloud = await LocalCloud.start({
    port: 0,
    guests: { origins: [PAGE], hosts: ['app.test', 'proxy.test:80'] },
  });
});

afterAll(() => cloud.close());

/** `fetch` would not let us choose these headers. */
const send = (method: string, headers: Record<string, string>, body = '') =>
  new Promise<{ status?: number; headers: NodeJS.Dict<string | string[]> }>((resolve, reject) => {
    const sent = request(cloud.endpoint, { method, headers }, (response) => {
      response.resume();
      resolve({ status: response.statusCode, headers: response.headers });
    });
    sent.on('error', reject).end(body);
  });

const CALL = {
  'X-Amz-Target': 'DynamoDB_20120810.ListTables',
  'Content-Type': 'application/x-amz-json-1.0',
  'Sec-Fetch-Site': 'cross-site',
};

test('a page of an allowed origin asks first, then calls and reads the answer', async () => {
  const asked = await send('OPTIONS', {
    Origin: PAGE,
    'Sec-Fetch-Site': 'cross-site',
    'Access-Control-Request-Method': 'POST',
    'Access-Control-Request-Headers': 'x-amz-target,content-type',
  });
  const called = await send('POST', { ...CALL, Origin: PAGE }, '{}');

  expect(asked).toMatchObject({
    status: 204,
    headers: {
      'access-control-allow-origin': PAGE,
      'access-control-allow-methods': expect.stringContaining('POST'),
      'access-control-allow-headers': 'x-amz-target,content-type',
    },
  });
  expect(called).toMatchObject({
    status: 200,
    headers: {
      'access-control-allow-origin': PAGE,
      'access-control-expose-headers': expect.stringContaining('x-amzn-requestid'),
    },
  });
});

test.each([
  ['another port', 'http://localhost:3001'],
  ['another scheme', 'https://localhost:3000'],
  ['a longer name', 'http://localhost:3000.evil.test'],
  ['nowhere', 'null'],
])('a page of %s stays outside', async (_, Origin) => {
  const called = await send('POST', { ...CALL, Origin }, '{}');

  expect(called).toMatchObject({ status: 403, headers: { 'x-amzn-requestid': expect.any(String) } });
  expect(called.headers).not.toHaveProperty('access-control-allow-origin');
});

test.each([
  ['app.test', ':PORT', 200],
  ['APP.test', ':PORT', 200],
  ['app.test', ':1', 421],
  ['proxy.test', ':80', 200],
  ['proxy.test', ':PORT', 421],
  ['x.app.test', ':PORT', 421],
])('the host %s%s gets %d', async (name, port, status) => {
  const Host = name + port.replace('PORT', new URL(cloud.endpoint).port);
  const { 'Sec-Fetch-Site': _, ...headers } = CALL;

  expect(await send('POST', { ...headers, Host }, '{}')).toMatchObject({ status });
});

test('nobody is a guest by default', async () => {
  const gateway = await Gateway.listen(0);
  const { status } = await fetch(gateway.endpoint, { method: 'OPTIONS', headers: { Origin: PAGE } });
  await gateway.close();

  expect(status).toBe(403);
});

import { once } from 'node:events';
import { connect } from 'node:net';
import { Hono } from 'hono';
import { AwsError, jsonResponse } from '../../../local/aws/api';
import { Gateway } from '../../../local/gateway/gateway';

let gateway: Gateway;

beforeAll(async () => {
  gateway = await Gateway.listen(0);
  gateway.serve({
    services: {
      Service: {
        prefix: 'service',
        actions: ['Act', 'Refuse', 'Break', 'WhoAmI'],
        call: async ({ action, input }) => {
          if (action === 'Refuse') throw new AwsError('AccessDeniedException', 'no', 403);
          if (action === 'Break') throw new Error('broken');
          return jsonResponse({ action, input });
        },
      },
    },
    restServices: {
      lambda: { prefix: 'lambda', actions: ['GetPolicy'], call: async ({ input }) => jsonResponse(input) },
    },
    call: async (service, call, accessKeyId) => {
      return call.action === 'WhoAmI' ? jsonResponse({ accessKeyId }) : service.call(call);
    },
    callerIdentity: (accessKeyId = 'nobody') => ({ Arn: `arn:<${accessKeyId}>`, UserId: 'U', Account: '0' }),
    invoke: async ({ name, accessKeyId, body }) => {
      if (name === 'refused') throw new AwsError('AccessDeniedException', 'no', 403);
      return { status: 200, headers: {}, body: accessKeyId ?? `${name} ${body}` };
    },
    local: new Hono().get('/health', (c) => c.json({ status: 'ok' })),
    console: new Hono(),
    onChange: () => {},
    jwks: { keys: [] },
  });
});

afterAll(() => gateway.close());

async function call(target: string, body = '{}') {
  const response = await fetch(gateway.endpoint, {
    method: 'POST',
    headers: { 'X-Amz-Target': target, 'Content-Type': 'application/x-amz-json-1.1' },
    body,
  });
  return {
    status: response.status,
    requestId: response.headers.get('x-amzn-requestid'),
    errorType: response.headers.get('x-amzn-errortype'),
    body: await response.json(),
  };
}

test('routes by the target', async () => {
  expect(await call('Service.Act', '{"a":1}')).toMatchObject({
    status: 200,
    body: { action: 'Act', input: { a: 1 } },
  });
});

test.each(['Service.Act', 'Service.Refuse', 'Service.Break', 'Service.Unknown', 'Unknown.Act'])(
  'the answer to %s has an id, and each answer another one',
  async (target) => {
    const [first, second] = await Promise.all([call(target), call(target)]);

    expect(first.requestId).toMatch(/^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/);
    expect(second.requestId).not.toBe(first.requestId);
  },
);

test('takes null for left out, and lists keep their length', async () => {
  expect(await call('Service.Act', '{"a":null,"b":[null,{"c":null}]}')).toMatchObject({
    body: { input: { b: [{}, {}] } },
  });
});

test.each([['{'], ['null'], ['[]'], ['5']])('refuses the body %s', async (body) => {
  expect(await call('Service.Act', body)).toMatchObject({ status: 400, errorType: 'SerializationException' });
});

test('names an action that the service does not have', async () => {
  expect(await call('Service.constructor')).toMatchObject({
    status: 400,
    body: { message: 'the local cloud does not support service:constructor' },
  });
});

const signedFor = (service: string) => ({
  authorization: `AWS4-HMAC-SHA256 Credential=KEY/20261126/us-east-1/${service}/aws4_request, Signature=x`,
});

async function form(headers: Record<string, string>, Action: string) {
  const body = new URLSearchParams({ Action, Version: '2011-06-15' });
  const response = await fetch(gateway.endpoint, { method: 'POST', headers, body });
  return { status: response.status, xml: await response.text() };
}

test('says who calls', async () => {
  const { status, xml } = await form(signedFor('sts'), 'GetCallerIdentity');

  expect(status).toBe(200);
  expect(xml).toContain('<Arn>arn:&lt;KEY&gt;</Arn><UserId>U</UserId><Account>0</Account>');
});

test.each([
  ['sts', 'AssumeRole', 'does not play sts (AssumeRole): it plays service, lambda'],
  ['sns', 'Publish', 'does not play sns (Publish)'],
  ['iam', '<b>', 'does not play iam (&lt;b&gt;)'],
  ['sqs', 'SendMessage', 'use AWS CLI 2.13 or later'],
])('answers a form to %s (%s) in XML, with the name of the service', async (service, action, message) => {
  const { status, xml } = await form(signedFor(service), action);

  expect(status).toBe(400);
  expect(xml).toMatch(/^<ErrorResponse><Error><Type>Sender<\/Type><Code>\w+<\/Code><Message>/);
  expect(xml).toContain(message);
});

test('answers a form that nobody signed', async () => {
  expect(await form({}, 'A')).toMatchObject({
    status: 400,
    xml: expect.stringContaining('an unsigned form (A)'),
  });
});

test.each([
  ['apigateway', 'POST', '/restapis', 'does not play apigateway'],
  ['route53', 'GET', '/', 'does not play route53'],
  ['apigateway', 'DELETE', '/restapis/1', 'does not play apigateway'],
  ['lambda', 'GET', '/2015-03-31/functions', 'does not play GET /2015-03-31/functions of lambda'],
])('a request to %s (%s %s) gets an error that names it', async (service, method, path, message) => {
  const response = await fetch(gateway.endpoint + path, { method, headers: signedFor(service) });

  expect(response.status).toBe(400);
  expect(await response.json()).toMatchObject({ message: expect.stringContaining(message) });
});

test("answers a service's error in the form of AWS", async () => {
  expect(await call('Service.Refuse')).toEqual({
    status: 403,
    requestId: expect.any(String),
    errorType: 'AccessDeniedException',
    body: { __type: 'AccessDeniedException', message: 'no' },
  });
});

test('outlives an unexpected error', async () => {
  expect(await call('Service.Break')).toMatchObject({ status: 500, errorType: 'InternalFailure' });
  expect(await call('Service.Act')).toMatchObject({ status: 200 });
});

test.each([
  ['GET', '/'],
  ['PUT', '/bucket/key'],
  ['POST', '/bucket'],
])('a request to S3 (%s %s) gets an error that S3 could have sent', async (method, path) => {
  const response = await fetch(gateway.endpoint + path, { method, headers: signedFor('s3') });

  expect(response.status).toBe(400);
  expect(await response.text()).toMatch(
    /^<Error><Code>InvalidAction<\/Code><Message>the local cloud does not play s3:/,
  );
});

test('a service of the JSON protocol that is not there is named', async () => {
  const headers = { ...signedFor('secretsmanager'), 'X-Amz-Target': 'secretsmanager.ListSecrets' };
  const response = await fetch(gateway.endpoint, { method: 'POST', headers, body: '{}' });

  expect(response.headers.get('x-amzn-errortype')).toBe('InvalidAction');
  expect(await response.json()).toMatchObject({
    message: expect.stringContaining('does not play secretsmanager'),
  });
});

test.each([['Other.Act'], ['Service'], [''], ['constructor.Act'], ['Service.Act.More']])(
  'names the target %j that it does not know',
  async (target) => {
    const { status, body } = await call(target);

    expect(status).toBe(400);
    expect(body).toMatchObject({
      __type: 'UnknownOperationException',
      message: expect.stringContaining('Service'),
    });
  },
);

test("serves Lambda's Invoke API by its path", async () => {
  const url = `${gateway.endpoint}/2015-03-31/functions/my-function/invocations`;

  const response = await fetch(url, { method: 'POST', body: '{}' });

  expect(await response.text()).toBe('my-function {}');
});

test.each([
  ['fn?Qualifier=live', 'fn:live {}'],
  ['fn?Qualifier=%24LATEST', 'fn:$LATEST {}'],
  ['fn:live?Qualifier=live', 'fn:live {}'],
  [
    'arn:aws:lambda:us-east-1:000000000000:function:fn?Qualifier=2',
    'arn:aws:lambda:us-east-1:000000000000:function:fn:2 {}',
  ],
  ['fn:live?Qualifier=2', expect.stringContaining('does not match the specified qualifier')],
])('a call of Invoke names a version or an alias: %s', async (target, answer) => {
  const [name = '', query = ''] = target.split('?');
  const path = `/2015-03-31/functions/${encodeURIComponent(name)}/invocations?${query}`;

  const response = await fetch(gateway.endpoint + path, { method: 'POST', body: '{}' });

  expect(await response.text()).toEqual(answer);
});

test("answers an error of Lambda in Lambda's form", async () => {
  const url = `${gateway.endpoint}/2015-03-31/functions/refused/invocations`;

  const response = await fetch(url, { method: 'POST', body: '{}' });

  expect(response.status).toBe(403);
  expect(response.headers.get('x-amzn-errortype')).toBe('AccessDeniedException');
  expect(await response.json()).toEqual({ Type: 'User', message: 'no' });
});

test('tells the services who calls', async () => {
  const authorization =
    'AWS4-HMAC-SHA256 Credential=ASIALOCAL1/20261123/us-east-1/sqs/aws4_request, Signature=x';
  const invoked = `${gateway.endpoint}/2015-03-31/functions/whoami/invocations`;

  const called = await fetch(gateway.endpoint, {
    method: 'POST',
    headers: { authorization, 'X-Amz-Target': 'Service.WhoAmI', 'Content-Type': 'application/json' },
  });

  expect(await called.json()).toEqual({ accessKeyId: 'ASIALOCAL1' });
  const answer = await fetch(invoked, { method: 'POST', headers: { authorization } });
  expect(await answer.text()).toBe('ASIALOCAL1');
});

test.each(['GET', 'HEAD'])('leads a browser to the console: %s /', async (method) => {
  const response = await fetch(gateway.endpoint, { method, redirect: 'manual' });

  expect(response.status).toBe(302);
  expect(response.headers.get('location')).toBe('/console');
});

test.each(['/_local/health/', '/_local/health'])(
  '%s is found, with a slash at its end or without',
  async (path) => {
    const response = await fetch(gateway.endpoint + path);

    expect(await response.json()).toEqual({ status: 'ok' });
  },
);

test('answers 404 with a reason elsewhere', async () => {
  const response = await fetch(`${gateway.endpoint}/nothing`);

  expect(response.status).toBe(404);
  expect(await response.json()).toEqual({ message: 'there is nothing at GET /nothing' });
});

test('cannot be reached by another address of this machine, and so not from other machines', async () => {
  const socket = connect(gateway.port, '127.0.0.2');
  const outcome = await Promise.race([
    once(socket, 'connect').then(() => 'reached'),
    once(socket, 'error').then(() => 'refused'),
  ]).catch(() => 'refused');
  socket.destroy();

  expect(outcome).toBe('refused');
});

test('says that a port is in use', async () => {
  await expect(Gateway.assertFree(gateway.port)).rejects.toThrow(`port ${gateway.port} is in use`);
  await expect(Gateway.assertFree(0)).resolves.toBeUndefined();
  await expect(Gateway.listen(gateway.port)).rejects.toThrow(`port ${gateway.port} is in use`);
});

test('does not close connections that clients are about to use again', async () => {
  const response = await fetch(`${gateway.endpoint}/_local/health`);

  expect(response.headers.get('keep-alive')).toBe('timeout=600');
});

test('routes an operation of the REST protocol by its path, with the members of path and query', async () => {
  const response = await fetch(`${gateway.endpoint}/2015-03-31/functions/trigger/policy?Qualifier=1`);

  expect(await response.json()).toEqual({ FunctionName: 'trigger' });
});

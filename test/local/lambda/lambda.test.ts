import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { transformSync } from 'esbuild';
import type { AsynchronousInvocations } from '../../../local/lambda/asynchronous/asynchronous-invocations';
import { LambdaEnvironments } from '../../../local/lambda/execution-environments';
import { Invocations } from '../../../local/lambda/invocations';
import { InvokeApi } from '../../../local/lambda/invoke-api';
import { Lambda } from '../../../local/lambda/lambda';
import { ROLE_SESSION } from '../../support/role-session';
import { eventually } from '../../support/test-cloud';

let directory: string;
let lambda: Lambda;
let api: InvokeApi;
const accept = jest.fn();

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'function-'));
  lambda = new Lambda(4566);
  accept.mockClear();
  api = new InvokeApi(lambda, { accept } as unknown as AsynchronousInvocations);
});

afterEach(async () => {
  await lambda.close();
  rmSync(directory, { recursive: true });
});

function createFunction(code: string, properties = {}): void {
  writeFileSync(join(directory, 'index.js'), code);
  const required = { Handler: 'index.handler', Role: ROLE_SESSION.roleArn };
  lambda.createFunction('fn', directory, { ...required, ...properties }, ROLE_SESSION);
}

async function invoke(event: unknown = {}) {
  const { payload, failed } = await lambda.invoke('fn', JSON.stringify(event));
  return { failed, answer: JSON.parse(payload) };
}

test('hands the event to the handler and its result back', async () => {
  createFunction('exports.handler = async (event) => ({ got: event })');

  expect(await invoke({ a: 1 })).toEqual({ failed: false, answer: { got: { a: 1 } } });
});

test.each(['fn', '000000000000:function:fn', 'arn:aws:lambda:us-east-1:000000000000:function:fn'])(
  'finds a function by %s, with or without a qualifier',
  (name) => {
    createFunction('exports.handler = async () => {}');

    for (const qualifier of ['', ':$LATEST', ':live']) {
      expect(lambda.roleOf(name + qualifier)).toBe(ROLE_SESSION);
      expect(lambda.arnOf(name + qualifier)).toBe('arn:aws:lambda:us-east-1:000000000000:function:fn');
    }
  },
);

test('starts cold once, then serves warm from the same process', async () => {
  createFunction('let calls = 0; exports.handler = async () => ({ pid: process.pid, calls: ++calls })');

  const [first, second] = [await invoke(), await invoke()];

  expect(second.answer).toEqual({ pid: first.answer.pid, calls: 2 });
});

test('runs as many environments as there are invocations at once', async () => {
  createFunction('exports.handler = async () => process.pid');

  const answers = await Promise.all([invoke(), invoke()]);

  expect(new Set(answers.map(({ answer }) => answer)).size).toBe(2);
});

test('gives the function the environment of Lambda, and nothing of this machine', async () => {
  process.env.SECRET_OF_THIS_MACHINE = 'x';
  createFunction('exports.handler = async () => process.env', {
    Environment: { Variables: { GROUP_NAME: 'users' } },
  });

  const { answer } = await invoke();

  expect(answer).toMatchObject({
    GROUP_NAME: 'users',
    AWS_REGION: 'us-east-1',
    AWS_LAMBDA_FUNCTION_NAME: 'fn',
    AWS_ENDPOINT_URL: 'http://aws.localhost:4566',
    _HANDLER: 'index.handler',
  });
  for (const name of ['SECRET_OF_THIS_MACHINE', 'HOME', 'PATH']) expect(answer).not.toHaveProperty(name);
});

test('tells the handler how much time it has left', async () => {
  createFunction('exports.handler = async (_, context) => context.getRemainingTimeInMillis()', {
    Timeout: 600,
  });

  const { answer } = await invoke();

  expect(answer).toBeGreaterThan(300_000);
  expect(answer).toBeLessThanOrEqual(600_000);
});

test("answers a handler's error with its own name", async () => {
  createFunction(
    `exports.handler = async () => { throw Object.assign(new Error('slow down'), { name: 'Throttled' }) }`,
  );

  expect(await invoke()).toEqual({
    failed: true,
    answer: { errorType: 'Throttled', errorMessage: 'slow down', trace: expect.any(Array) },
  });
});

test('a large event and a large result pass', async () => {
  createFunction('exports.handler = async (event) => event');
  const event = 'ä'.repeat(2 ** 21);

  expect((await invoke(event)).answer).toBe(event);
});

test('ends a handler that takes too long, and starts afresh', async () => {
  createFunction(
    'exports.handler = async (hang) => (hang ? new Promise(() => setInterval(() => {}, 1e6)) : process.pid)',
    {
      Timeout: 0.2,
    },
  );

  expect(await invoke(true)).toMatchObject({
    failed: true,
    answer: {
      errorType: 'Sandbox.Timedout',
      errorMessage: expect.stringMatching(/^RequestId: \S+ Error: Task timed out after 0.20 seconds$/),
    },
  });
  // The time-out is short for a busy machine, too.
  await eventually(async () => !(await invoke(false)).failed);
});

test('answers for a process that ends in the middle, and starts afresh', async () => {
  createFunction('exports.handler = async (crash) => (crash ? process.exit(3) : process.pid)');

  expect(await invoke(true)).toMatchObject({
    failed: true,
    answer: {
      errorType: 'Runtime.ExitError',
      errorMessage: expect.stringMatching(/Runtime exited with error: exit status 3$/),
    },
  });
  expect(await invoke(false)).toMatchObject({ failed: false });
});

test('answers for a function that cannot be loaded', async () => {
  createFunction(`throw new TypeError('no such thing')`);

  expect(await invoke()).toMatchObject({
    failed: true,
    answer: { errorType: 'TypeError', errorMessage: 'no such thing' },
  });
});

test('answers for a handler that is not exported', async () => {
  createFunction('exports.other = 1');

  expect(await invoke()).toMatchObject({ failed: true, answer: { errorType: 'Runtime.HandlerNotFound' } });
});

test('throttles beyond the reserved concurrency', async () => {
  createFunction('exports.handler = async () => 1', { ReservedConcurrentExecutions: 1 });

  const first = invoke();

  await expect(invoke()).rejects.toMatchObject({ code: 'TooManyRequestsException', status: 429 });
  await expect(first).resolves.toMatchObject({ failed: false });
});

test('once closed, its processes are gone and it starts no other', async () => {
  createFunction('exports.handler = async () => process.pid');
  const { answer: pid } = await invoke();

  await lambda.close();

  expect(() => process.kill(pid, 0)).toThrow('ESRCH');
  await expect(lambda.provisionConcurrency('fn', 2)).rejects.toThrow('the local cloud is closed');
});

test('provisioning ends when it is closed in the middle', async () => {
  createFunction('exports.handler = async () => process.pid');
  const provisioning = lambda.provisionConcurrency('fn', 3);

  await lambda.close();

  await expect(provisioning).rejects.toThrow('the local cloud is closed');
});

test('a function that is deleted before it is killed does no harm', async () => {
  createFunction('exports.handler = async () => 1');
  await lambda.deleteFunction('fn');

  expect(() => lambda.kill('fn')).not.toThrow();
});

test("writes what the function logs in Lambda's JSON format", async () => {
  createFunction(
    `exports.handler = async () => { console.info({ event: 'Done', sub: 'x' }); console.warn('a %s', 'b') }`,
  );

  await invoke();
  await lambda.invoke('fn', '{}');

  expect(
    lambda.logs
      .list()
      .map(({ line }) => JSON.parse(line))
      .slice(0, 2),
  ).toEqual([
    {
      timestamp: expect.any(String),
      level: 'INFO',
      requestId: expect.any(String),
      message: { event: 'Done', sub: 'x' },
    },
    { timestamp: expect.any(String), level: 'WARN', requestId: expect.any(String), message: 'a b' },
  ]);
});

describe('the Invoke API', () => {
  beforeEach(() => createFunction('exports.handler = async () => { throw new Error("no") }'));

  test('says in a header that the function failed', async () => {
    expect(await api.invoke('fn', {}, '{}')).toMatchObject({
      status: 200,
      headers: { 'x-amz-function-error': 'Unhandled' },
    });
  });

  test('does not wait for an event', async () => {
    expect(await api.invoke('fn', { 'x-amz-invocation-type': 'Event' }, '{"a":1}')).toMatchObject({
      status: 202,
    });
    expect(accept).toHaveBeenCalledWith('fn', '{"a":1}');
  });

  test.each(['fn:nope', 'fn:7', 'arn:aws:lambda:us-east-1:000000000000:function:fn:nope'])(
    'refuses a version or an alias that the function does not have: %s',
    async (name) => {
      const missing = { code: 'ResourceNotFoundException', status: 404 };

      await expect(api.invoke(name, {}, '{}')).rejects.toMatchObject(missing);
      await expect(api.invoke(name, { 'x-amz-invocation-type': 'Event' }, '{}')).rejects.toMatchObject(
        missing,
      );
      await expect(lambda.invoke(name, '{}')).rejects.toMatchObject(missing);
    },
  );

  test.each(['event', 'Sync', ''])('refuses the invocation type "%s"', async (type) => {
    await expect(api.invoke('fn', { 'x-amz-invocation-type': type }, '{}')).rejects.toMatchObject({
      code: 'ValidationException',
      message: expect.stringContaining('[Event, RequestResponse, DryRun]'),
    });
  });

  test('refuses a function that does not exist, and a payload that is no JSON', async () => {
    await expect(api.invoke('nope', {}, '{}')).rejects.toMatchObject({
      code: 'ResourceNotFoundException',
    });
    await expect(api.invoke('fn', {}, '{')).rejects.toMatchObject({
      code: 'InvalidRequestContentException',
    });
  });
});

describe('versions and aliases', () => {
  beforeEach(() => {
    createFunction(
      'exports.handler = async (_, { functionVersion, invokedFunctionArn }) => [functionVersion, invokedFunctionArn]',
    );
    lambda.publishVersion('fn', '1');
    lambda.createAlias('fn', 'live', '1');
  });

  test.each([
    ['fn', '$LATEST', ''],
    ['fn:$LATEST', '$LATEST', ':$LATEST'],
    ['fn:1', '1', ':1'],
    ['arn:aws:lambda:us-east-1:000000000000:function:fn:live', '1', ':live'],
  ])('%s runs %s', async (name, version, qualifier) => {
    const { status, headers, body } = await api.invoke(name, {}, '{}');

    expect(status).toBe(200);
    expect(headers['x-amz-executed-version']).toBe(version);
    const functionArn = 'arn:aws:lambda:us-east-1:000000000000:function:fn';
    expect(JSON.parse(body)).toEqual([version, functionArn + qualifier]);
  });

  test('one that is not there is refused', async () => {
    await expect(api.invoke('fn:old', {}, '{}')).rejects.toMatchObject({
      code: 'ResourceNotFoundException',
      message: 'Function not found: arn:aws:lambda:us-east-1:000000000000:function:fn:old',
    });
  });
});

test.each([
  ['2 parameters', 'exports.handler = (event, context) => ({ by: "result" })', { by: 'result' }],
  ['3 parameters', 'exports.handler = (event, context, done) => setImmediate(done, null, "later")', 'later'],
  ['a promise', 'exports.handler = (event, context, done) => Promise.resolve("promised")', 'promised'],
])('a handler with %s answers', async (_, code, answer) => {
  createFunction(code);

  expect(await invoke()).toEqual({ failed: false, answer });
});

test('a process that has had nothing to do for a while ends, and the next invocation starts another', async () => {
  createFunction('exports.handler = async () => process.pid');
  const { answer } = await invoke();
  const idle = new LambdaEnvironments(
    {
      directory,
      modules: { layers: [], missingLayers: [], sdk: [] },
      variables: { _HANDLER: 'index.handler', LAMBDA_TASK_ROOT: directory },
      timeout: 3000,
      log: () => {},
      begin: (requestId, payload) => new Invocations().begin('fn', requestId, payload),
    },
    1,
  );
  const pid = async () => JSON.parse((await idle.invoke('{}', 'arn')).payload);
  const first = await pid();
  await eventually(async () => idle.size === 0);

  expect(await pid()).not.toBe(first);
  // Those of a function stay for minutes.
  expect((await invoke()).answer).toBe(answer);
  await idle.close();
});

test('stack traces point to the sources, where there is a source map', async () => {
  const source =
    "type Text = string;\n\nexport const handler = async () => {\n  throw new Error('no' as Text);\n};\n";
  const { code, map } = transformSync(source, {
    loader: 'ts',
    format: 'cjs',
    minify: true,
    sourcemap: true,
    sourcefile: 'handler.ts',
  });
  writeFileSync(join(directory, 'index.js.map'), map);
  createFunction(`${code}\n//# sourceMappingURL=index.js.map`);
  const { answer } = await invoke();

  expect(answer.trace.join('\n')).toMatch(/handler\.ts:4:9/);
});

test('after a swap, a debugger can attach to the new process, also while the old one still works', async () => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  await lambda.close();
  lambda = new Lambda(4566, () => {}, { inspected: { isInspected: () => true, port } });
  createFunction(`exports.handler = () => {
    console.log('begun');
    return new Promise((done) => setTimeout(done, 1000, require('node:inspector').url()?.includes(':${port}/')));
  }`);
  const old = invoke();
  await eventually(async () => lambda.logs.list().some(({ line }) => line.includes('begun')));

  writeFileSync(
    join(directory, 'index.js'),
    "exports.handler = async () => require('node:inspector').url() ?? 'no debugger'",
  );
  const properties = { Handler: 'index.handler', Role: ROLE_SESSION.roleArn };
  lambda.updateFunction('fn', directory, properties, ROLE_SESSION);
  const answer = invoke();

  expect((await old).answer).toBe(true);
  expect((await answer).answer).toContain(`:${port}/`);
});

import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { SIGN_UP_PATH } from '../../scripts/build';
import { AwsEndpoints } from '../support/aws-endpoints';
import { postConfirmationEvent, taskInput } from '../support/builders';
import { FUNCTION_VARIABLES, FunctionProcess } from '../support/function-process';

let endpoints: AwsEndpoints;

beforeEach(async () => {
  endpoints = await AwsEndpoints.start();
  endpoints.answer = () => ({ body: JSON.stringify({ status: 'SUCCEEDED' }) });
});

afterEach(() => endpoints.close());

/** Loads the bundle, lets something happen before the first invocation, and invokes it. */
async function coldStart(
  name: string,
  variables: Record<string, string> = {},
  beforeInvocation: () => unknown = () => {},
) {
  const functionProcess = await FunctionProcess.start({ ...endpoints.variables, ...variables });
  try {
    const { logs } = await functionProcess.load(join(__dirname, '..', '..', 'dist', name));
    const loaded = { logs, connections: endpoints.connections, requests: endpoints.requests.length };
    await beforeInvocation();
    const event = name === 'post-confirmation' ? postConfirmationEvent() : taskInput();
    const { error } = await functionProcess.invoke({ event });
    return { loaded, error, connections: endpoints.connections, requests: endpoints.requests.length };
  } finally {
    await functionProcess.stop();
  }
}

test.each(SIGN_UP_PATH)('%s has a connection when it is loaded, and has sent nothing', async (name) => {
  expect(await coldStart(name)).toEqual({
    loaded: { logs: [], connections: 1, requests: 0 },
    connections: 1,
    requests: 1,
  });
});

test('a connection that was closed while the environment was frozen is only replaced by a new one', async () => {
  const outcome = await coldStart('add-user-to-group', {}, () => endpoints.disconnect());

  expect(outcome).toMatchObject({ error: undefined, requests: 1 });
});

test('if a connection is cut during its use, a retry follows', async () => {
  const outcome = await coldStart('add-user-to-group', {}, () => {
    endpoints.answer = () => ({ reset: endpoints.requests.length === 1 });
  });

  expect(outcome).toMatchObject({ error: undefined, connections: 2, requests: 2 });
});

test('nothing is primed if endpoints are overridden', async () => {
  const AWS_ENDPOINT_URL_DYNAMODB = 'https://dynamodb.us-east-1.amazonaws.com';

  const outcome = await coldStart('put-user-record', { AWS_ENDPOINT_URL_DYNAMODB });

  expect(outcome).toMatchObject({ loaded: { connections: 0 }, error: undefined, requests: 1 });
});

test.each([
  ['no credentials', { AWS_ACCESS_KEY_ID: '' }, 'Unable to find environment variable credentials'],
  ['no endpoint', { TLS_PORT: '1' }, 'ECONNREFUSED'],
])('a function with %s is still loaded, and says why in its log', async (_, variables, reason) => {
  const { loaded } = await coldStart('put-user-record', variables);

  expect(loaded.logs).toEqual([expect.stringMatching(`"event":"NotPrimed".*${reason}`)]);
});

/** The size of the bytecode that V8 made for each regular expression while a function was loaded, in bytes. */
async function regularExpressionBytecode(name: string): Promise<number[]> {
  const child = fork(join(__dirname, '..', 'support', 'function-runtime.mjs'), {
    env: { ...FUNCTION_VARIABLES, ...endpoints.variables },
    execArgv: ['--trace-regexp-tier-up'],
    silent: true,
  });
  const output = child.stdout ? text(child.stdout) : '';
  await once(child, 'message');
  child.send({ directory: join(__dirname, '..', '..', 'dist', name) });
  await once(child, 'message');
  // It then ends by itself, and V8's output is complete.
  child.disconnect();
  return [...(await output).matchAll(/bytecode size: (\d+)/g)].map(([, size]) => Number(size));
}

test.each(SIGN_UP_PATH)('%s does not have the pattern of an IP address compiled twice', async (name) => {
  const sizes = await regularExpressionBytecode(name);

  expect(sizes.length).toBeGreaterThan(0);
  // That of an IP address has 100,000 bytes.
  expect(sizes.filter((size) => size > 10_000)).toEqual([]);
});

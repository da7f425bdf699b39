import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Metafile } from 'esbuild';
import { checkBudget, SIGN_UP_PATH } from '../../scripts/build';
import { type AwsAnswer, AwsEndpoints } from '../support/aws-endpoints';
import { postConfirmationEvent, taskInput } from '../support/builders';
import { buildDefaultBundle } from '../support/default-bundle';
import { EVERYTHING } from '../support/everything';
import { FunctionProcess } from '../support/function-process';

const DIST = join(__dirname, '..', '..', 'dist');
const defaults = mkdtempSync(join(tmpdir(), 'default-bundles-'));

const json = (value: unknown) => JSON.stringify(value);

const ANSWERS: Record<string, AwsAnswer> = {
  'a success': {
    body: json({ status: 'SUCCEEDED', executionArn: 'arn:aws:states:us-east-1:000000000000:express:a:b:c' }),
  },
  'a failed execution': { body: json({ status: 'FAILED', error: 'OnboardingParked', cause: 'parked' }) },
  'a throttle of Cognito': {
    status: 400,
    body: json({ __type: 'TooManyRequestsException', message: 'Slow' }),
  },
  'an error with a namespace': {
    status: 400,
    body: json({
      __type: 'com.amazonaws.dynamodb.v20120810#ConditionalCheckFailedException',
      message: 'It is',
    }),
  },
  'an error named in a header': {
    status: 400,
    headers: { 'x-amzn-errortype': 'UserNotFoundException:http://internal.amazon.com/' },
    body: json({ message: 'User does not exist.' }),
  },
  'an error with a capital Message': {
    status: 400,
    body: json({ __type: 'AccessDeniedException', Message: 'User: arn is not authorized' }),
  },
  // Its name for old clients is in the header, and its class says which name it has now.
  'an error of SQS': {
    status: 400,
    headers: { 'x-amzn-query-error': 'AWS.SimpleQueueService.NonExistentQueue;Sender' },
    body: json({ __type: 'com.amazonaws.sqs#QueueDoesNotExist', message: 'The queue does not exist.' }),
  },
  'an error that a model wants to be retried': {
    status: 400,
    body: json({ __type: 'ReplicatedWriteConflictException', message: 'Later' }),
  },
  'an error that no model knows': {
    status: 400,
    body: json({ __type: 'BrandNewException', message: 'New' }),
  },
  'a fault of the service': {
    status: 500,
    body: json({ __type: 'InternalErrorException', message: 'Sorry' }),
  },
  'a fault without a body': { status: 500, body: '' },
  'a page of a load balancer': {
    status: 503,
    headers: { 'content-type': 'text/html' },
    body: '<html>503</html>',
  },
  'a body that is no JSON': { status: 400, body: '{"__type":' },
  'a connection that is cut': { reset: true },
};

const SETTINGS: [name: string, variables: Record<string, string>][] = [
  ['another region, dual stack', { AWS_REGION: 'eu-central-1', AWS_USE_DUALSTACK_ENDPOINT: 'true' }],
  ['FIPS', { AWS_USE_FIPS_ENDPOINT: 'true' }],
  ['credentials that expire', { AWS_CREDENTIAL_EXPIRATION: '2026-01-01T00:00:00Z' }],
];

beforeAll(async () => {
  await Promise.all(
    SIGN_UP_PATH.map((name) => buildDefaultBundle(`functions/${name}/handler.ts`, join(defaults, name))),
  );
});

/** What the two bundles of a function do, each in a process and with endpoints of its own. */
async function both<T>(
  name: string,
  variables: Record<string, string>,
  observe: (functionProcess: FunctionProcess, endpoints: AwsEndpoints) => Promise<T>,
): Promise<[ours: T, byDefault: T]> {
  const observeOne = async (directory: string) => {
    const endpoints = await AwsEndpoints.start();
    const environment = { ...endpoints.variables, ...variables };
    const functionProcess = await FunctionProcess.start(environment);
    try {
      await functionProcess.load(join(directory, name));
      return await observe(functionProcess, endpoints);
    } finally {
      await functionProcess.stop();
      endpoints.close();
    }
  };
  return Promise.all([observeOne(DIST), observeOne(defaults)]);
}

describe.each(SIGN_UP_PATH)('the bundle of %s', (name) => {
  const invocation = { event: name === 'post-confirmation' ? postConfirmationEvent() : taskInput() };

  test('answers, fails, retries and logs as a bundle with default settings does', async () => {
    const [ours, byDefault] = await both(name, {}, async (functionProcess, endpoints) => {
      const observed: Record<string, unknown> = {};
      for (const [what, answer] of Object.entries(ANSWERS)) {
        endpoints.answer = () => answer;
        const { result, error, logs } = await functionProcess.invoke(invocation);
        const requests = endpoints.requests.splice(0).map(({ action, body }) => [action, withoutTime(body)]);
        observed[what] = { result, error, logs, requests };
      }
      return observed;
    });

    expect(Object.keys(byDefault)).toEqual(Object.keys(ANSWERS));
    expect(ours).toEqual(byDefault);
  });

  test.each(EVERYTHING ? SETTINGS : SETTINGS.slice(0, 1))(
    'finds its endpoint and its credentials with %s',
    async (_, variables) => {
      const [ours, byDefault] = await both(name, variables, async (functionProcess, endpoints) => {
        endpoints.answer = () => ({ body: json({ status: 'SUCCEEDED' }) });
        await functionProcess.invoke(invocation);
        await functionProcess.invoke({ ...invocation, variables: { AWS_ACCESS_KEY_ID: 'AKIASECOND' } });
        return endpoints.requests.map(({ host, authorization }) => [host, scopeOf(authorization)]);
      });

      expect(byDefault).toHaveLength(2);
      expect(ours).toEqual(byDefault);
    },
  );
});

function withoutTime(body: string): string {
  return body.replace(/\d{4}-\d\d-\d\dT[\d:.]+Z/, 'a time');
}

/** The access key, the region and the service of a signature. */
function scopeOf(authorization: string): string | undefined {
  return /Credential=([^,]*)/.exec(authorization)?.[1]?.replace(/\d{8}/, 'a day');
}

test('refuses a bundle that loads more than its budget', () => {
  const file = (bytes: number, imports: unknown[] = []) => ({ bytes, imports, inputs: {}, exports: [] });
  const metafile = (shared: number) =>
    ({
      inputs: {},
      outputs: {
        'dist/a/index.mjs': file(100_000, [
          { path: 'dist/a/shared.mjs', kind: 'import-statement' },
          { path: 'dist/a/on-demand.mjs', kind: 'dynamic-import' },
        ]),
        'dist/a/shared.mjs': file(shared),
        'dist/a/on-demand.mjs': file(500_000),
      },
    }) as unknown as Metafile;

  expect(() => checkBudget('a', metafile(80_000))).not.toThrow();
  expect(() => checkBudget('a', metafile(80_001))).toThrow(
    'the bundle of a loads 180001 bytes, but 180000 is its budget',
  );
});

import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';
import { changePostConfirmationTrigger } from '../../../functions/attach-trigger/post-confirmation-trigger';

const POOL = 'us-east-1_AbCdEfGhI';
const TRIGGER = 'arn:aws:lambda:us-east-1:000000000000:function:ours';

const ENDPOINT = 'AWS_ENDPOINT_URL_COGNITO_IDENTITY_PROVIDER';

let server: Server;
/** The requests to Cognito, which has one user pool. */
let requests: string[];
let userPool: Record<string, unknown>;

const change = () =>
  changePostConfirmationTrigger(
    POOL,
    () => TRIGGER,
    () => 180_000,
  );

beforeAll(async () => {
  server = createServer(async (request, response) => {
    const action = String(request.headers['x-amz-target']).split('.')[1] ?? '';
    const { UserPoolId, PoolName, ...settings } = (await json(request)) as Record<string, unknown>;
    requests.push(action);
    if (action === 'UpdateUserPool') userPool = { Id: UserPoolId, Name: PoolName, ...settings };
    response.writeHead(200, { 'content-type': 'application/x-amz-json-1.1', connection: 'close' });
    response.end(JSON.stringify(action === 'UpdateUserPool' ? {} : { UserPool: userPool }));
  }).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  process.env[ENDPOINT] = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});

beforeEach(() => {
  requests = [];
  userPool = { Id: POOL, Name: 'pool', Policies: { PasswordPolicy: { MinimumLength: 20 } } };
});

afterAll(() => {
  delete process.env[ENDPOINT];
  server.close();
});

test('a user pool with only settings that the SDK knows is updated', async () => {
  await change();

  expect(requests).toEqual(['DescribeUserPool', 'UpdateUserPool', 'DescribeUserPool']);
  expect(userPool).toMatchObject({
    Policies: { PasswordPolicy: { MinimumLength: 20 } },
    LambdaConfig: { PostConfirmation: TRIGGER },
  });
});

test.each<[string, object]>([
  ['BrandNewSetting', { BrandNewSetting: 'on' }],
  ['Policies.PasswordPolicy.NewKnob', { Policies: { PasswordPolicy: { MinimumLength: 20, NewKnob: 3 } } }],
])('a user pool with %s, which the SDK does not know, is not updated', async (path, setting) => {
  Object.assign(userPool, setting);

  await expect(change()).rejects.toThrow(
    `would reset: ${path}. Nothing was changed. Update this package, or set the post confirmation trigger to ${TRIGGER}`,
  );

  expect(requests).toEqual(['DescribeUserPool']);
});

test('a user pool that has the trigger already needs no update, even with unknown settings', async () => {
  Object.assign(userPool, { BrandNewSetting: 'on', LambdaConfig: { PostConfirmation: TRIGGER } });

  await change();

  expect(requests).toEqual(['DescribeUserPool']);
});

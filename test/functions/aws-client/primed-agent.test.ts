import { once } from 'node:events';
import { type RequestOptions, request } from 'node:https';
import { text } from 'node:stream/consumers';
import { PrimedAgent } from '../../../functions/aws-client/primed-agent';
import { AwsEndpoints } from '../../support/aws-endpoints';

let endpoints: AwsEndpoints;
let agent: PrimedAgent;

beforeEach(async () => {
  endpoints = await AwsEndpoints.start();
  endpoints.answer = () => ({ body: '"from afar"' });
  agent = new PrimedAgent({ keepAlive: true });
});

afterEach(() => {
  agent.destroy();
  endpoints.close();
});

async function send(
  servername = 'states.us-east-1.amazonaws.com',
  options: RequestOptions = {},
): Promise<string> {
  const { ca, port } = endpoints;
  const message = request({ host: '127.0.0.1', port, ca, servername, agent, method: 'POST', ...options });
  message.end('a body');
  const [response] = await once(message, 'response');
  return text(response);
}

test('answers from memory while it is primed, and the connection is open afterwards', async () => {
  let answer: string | undefined;
  await agent.prime(async () => {
    answer = await send();
  });
  const whilePrimed = { answer, requests: endpoints.requests.length };

  expect(whilePrimed).toEqual({ answer: '{}', requests: 0 });
  expect(await send()).toBe('"from afar"');
  expect(await send()).toBe('"from afar"');
  expect(endpoints.connections).toBe(1);
});

test('does not use a connection to another host', async () => {
  await agent.prime(() => send());

  expect(await send('sqs.us-east-1.amazonaws.com')).toBe('"from afar"');
  expect(endpoints.connections).toBe(2);
});

test('does not use a connection that was opened before the environment was frozen', async () => {
  await agent.prime(() => send());
  const now = Date.now();
  jest.spyOn(Date, 'now').mockReturnValue(now + 60_000);

  expect(await send()).toBe('"from afar"');
  expect(endpoints.connections).toBe(2);
});

test('does not use a connection that the service has closed', async () => {
  await agent.prime(() => send());
  await endpoints.disconnect();
  const { connections } = endpoints;

  expect(await send()).toBe('"from afar"');
  expect(endpoints.connections).toBe(connections + 1);
});

test('throws the error of the request', async () => {
  await expect(agent.prime(() => Promise.reject(new Error('no credentials')))).rejects.toThrow(
    'no credentials',
  );
});

test('throws if the connection cannot be opened, and tries again when it is needed', async () => {
  const wrong = { ca: '' };

  await expect(agent.prime(() => send(undefined, wrong))).rejects.toThrow('self-signed certificate');
  expect(await send()).toBe('"from afar"');
});

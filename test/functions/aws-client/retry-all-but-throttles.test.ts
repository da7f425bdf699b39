import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  AdminAddUserToGroupCommand,
  CognitoIdentityProviderClient,
} from '@aws-sdk/client-cognito-identity-provider';
import { RetryAllButThrottles } from '../../../functions/aws-client/retry-all-but-throttles';

let server: Server;
let requests = 0;

async function call(status: number, error: string): Promise<unknown> {
  requests = 0;
  server = createServer((_request, response) => {
    requests += 1;
    response.writeHead(status, { 'content-type': 'application/x-amz-json-1.1' });
    response.end(JSON.stringify({ __type: error, message: 'no' }));
  }).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address() as AddressInfo;
  const client = new CognitoIdentityProviderClient({
    endpoint: `http://127.0.0.1:${port}`,
    retryStrategy: new RetryAllButThrottles(2),
  });
  const command = new AdminAddUserToGroupCommand({ UserPoolId: 'p_1', Username: 'u', GroupName: 'g' });
  return client.send(command).finally(() => client.destroy());
}

afterEach(() => server.close());

test("throws a throttle at once, under the service's own name", async () => {
  await expect(call(400, 'TooManyRequestsException')).rejects.toMatchObject({
    name: 'TooManyRequestsException',
  });
  expect(requests).toBe(1);
});

test('tries a server fault a second time', async () => {
  await expect(call(500, 'InternalErrorException')).rejects.toMatchObject({ name: 'InternalErrorException' });
  expect(requests).toBe(2);
});

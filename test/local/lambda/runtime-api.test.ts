import { once } from 'node:events';
import { Agent, type IncomingMessage, request } from 'node:http';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';
import { text } from 'node:stream/consumers';
import { type RuntimeReport, serveRuntimeApi } from '../../../local/lambda/runtime-api';

let listener: Server;
let agent: Agent;
let reports: RuntimeReport[];

/** A connected pair of sockets, in the place of the pipe. The Runtime API has invocation "1". */
beforeEach(async () => {
  reports = [];
  listener = createServer().listen(0, '127.0.0.1');
  await once(listener, 'listening');
  const processEnd = connect((listener.address() as AddressInfo).port, '127.0.0.1');
  const [pipe] = (await once(listener, 'connection')) as [Socket];
  agent = new Agent({ keepAlive: true, maxSockets: 1 });
  Object.assign(agent, { createConnection: () => processEnd });
  serveRuntimeApi(pipe, {
    onNext: (response) => response.end('{"next":true}'),
    onReport: (report) => {
      if ((report.requestId ?? '1') !== '1') return false;
      reports.push(report);
      return true;
    },
  });
});

afterEach(() => {
  agent.destroy();
  listener.close();
});

async function send(method: string, path: string): Promise<IncomingMessage> {
  const sent = request({ agent, method, path: `/2018-06-01/runtime${path}` });
  sent.end(method === 'GET' ? undefined : '{"a":1}');
  const [response] = await once(sent, 'response');
  return response;
}

async function call(method: string, path: string) {
  const response = await send(method, path);
  return { status: response.statusCode, body: await text(response) };
}

test('hands out the next invocation, and takes its outcome', async () => {
  expect(await call('GET', '/invocation/next')).toEqual({ status: 200, body: '{"next":true}' });
  expect(await call('POST', '/invocation/1/response')).toEqual({ status: 202, body: '' });
  expect(await call('POST', '/invocation/1/error')).toEqual({ status: 202, body: '' });
  expect(await call('POST', '/init/error')).toEqual({ status: 202, body: '' });

  expect(reports).toEqual([
    { requestId: '1', outcome: { payload: '{"a":1}', failed: false } },
    { requestId: '1', outcome: { payload: '{"a":1}', failed: true } },
    { outcome: { payload: '{"a":1}', failed: true } },
  ]);
});

test.each([
  ['POST', '/invocation/next', 404],
  ['POST', '/invocation/1', 404],
  ['POST', '/invocation/1/2/response', 404],
  ['POST', '/x/invocation/1/response', 404],
  ['POST', '/invocation/1/responses', 404],
  ['POST', '/invocation/1/response?x', 404],
  ['PUT', '/invocation/1/response', 404],
  ['GET', '/invocation/1/response', 404],
  ['POST', '/x/init/error', 404],
  ['POST', '/invocation/2/response', 400],
  ['POST', '/invocation/2/error', 400],
])('%s %s is refused with %i', async (method, path, status) => {
  expect(await call(method, path)).toEqual({ status, body: expect.stringContaining('errorType') });
  expect(reports).toEqual([]);
});

test('the connection does not end while the handler thinks', async () => {
  const response = await send('GET', '/invocation/next');

  expect(response.headers).not.toHaveProperty('keep-alive');
});

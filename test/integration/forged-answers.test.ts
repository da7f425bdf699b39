import { type AddressInfo, Server } from 'node:net';
import { eventually, TestCloud } from '../support/test-cloud';

/** What the Runtime API knows, and what it must not guess. */
const PATHS = [
  '/2018-06-01/runtime/invocation/1/response',
  '/2018-06-01/runtime/invocation/1/error',
  '/2018-06-01/runtime/init/error',
  '/x/response',
  '/',
];

const servers: Server[] = [];

/** The ports on which this process listens: the local cloud is in it. */
const ports = () => servers.flatMap((server) => (server.address() as AddressInfo | null)?.port ?? []);

const forge = (port: number, path: string) => {
  return fetch(`http://127.0.0.1:${port}${path}`, {
    method: 'POST',
    headers: { 'content-type': 'text/plain', origin: 'https://page.example' },
    body: '{"confirmedUser":"forged"}',
  });
};

test('a page that forges answers while a function works is refused, and the user is onboarded by the function', async () => {
  const { listen } = Server.prototype;
  jest.spyOn(Server.prototype, 'listen').mockImplementation(function (this: Server, ...args: unknown[]) {
    servers.push(this);
    return listen.apply(this, args as never);
  });
  // On a busy machine, the user may be parked and retried.
  const cloud = await TestCloud.start({ queueTimeScale: 0.1 });
  try {
    await cloud.provisionConcurrency(1);
    // The group is added late, so that a forged answer to AddUserToGroup would be the first.
    await cloud.setFaults([{ action: 'cognito-idp:AdminAddUserToGroup', delayMs: 1_000, times: 1 }]);
    const user = await cloud.signUp();
    const confirmed = cloud.confirm(user);
    await eventually(async () => cloud.executions.some(({ name }) => name.startsWith(user.sub)));
    const answers = await Promise.all(ports().flatMap((port) => PATHS.map((path) => forge(port, path))));
    await confirmed;

    expect(answers).toHaveLength(PATHS.length * ports().length);
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 403));
    await eventually(async () => (await cloud.recordOf(user)) !== undefined, 30_000);
    expect(await cloud.recordOf(user)).toMatchObject({ username: user.sub });
    expect(await cloud.groupsOf(user)).toEqual(['users']);
    const outputs = (await cloud.executionsOf(user)).map((execution) => JSON.stringify(execution));
    expect(outputs.join()).not.toContain('forged');
  } finally {
    await cloud.close();
  }
}, 60_000);

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const RUNTIME = join(__dirname, '..', '..', '..', 'local', 'lambda', 'runtime.cjs');

/** Logs for as long as somebody lets it. */
const TALKATIVE = `exports.handler = () => new Promise(() => setInterval(() => console.info('still here'), 5));`;

test('a function that is in the middle of something ends when the local cloud is gone', async () => {
  const directory = mkdtempSync(join(tmpdir(), 'runtime-'));
  writeFileSync(join(directory, 'index.js'), TALKATIVE);
  const runtimeApi = createServer((_, response) => {
    response.writeHead(200, { 'lambda-runtime-aws-request-id': '1', 'lambda-runtime-deadline-ms': '0' });
    response.end('{}');
  }).listen(0, '127.0.0.1');
  await once(runtimeApi, 'listening');
  const { port } = runtimeApi.address() as AddressInfo;
  const child = spawn(process.execPath, [RUNTIME], {
    env: {
      _HANDLER: 'index.handler',
      LAMBDA_TASK_ROOT: directory,
      AWS_LAMBDA_RUNTIME_API: `127.0.0.1:${port}`,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  try {
    await once(child.stdout, 'data');

    // As the system does it for a process that is killed.
    runtimeApi.close();
    runtimeApi.closeAllConnections();
    child.stdout.destroy();
    child.stderr.destroy();

    expect(await once(child, 'exit')).toEqual([1, null]);
  } finally {
    child.kill('SIGKILL');
    rmSync(directory, { recursive: true });
  }
});

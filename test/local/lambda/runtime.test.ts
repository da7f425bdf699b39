import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type RequestListener } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';

const RUNTIME = join(__dirname, '..', '..', '..', 'local', 'lambda', 'runtime', 'main.cjs');

/** Logs for as long as somebody lets it. */
const TALKATIVE = `exports.handler = () => new Promise(() => setInterval(() => console.info('still here'), 5));`;

let directory: string;
let child: ChildProcess;

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'runtime-'));
});

afterEach(() => {
  child.kill('SIGKILL');
  rmSync(directory, { recursive: true });
});

function start(code: string, runtimeApi: RequestListener): void {
  writeFileSync(join(directory, 'index.js'), code);
  child = spawn(process.execPath, [RUNTIME], {
    env: { _HANDLER: 'index.handler', LAMBDA_TASK_ROOT: directory },
    stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
  });
  createServer({ keepAliveTimeout: 0 }, runtimeApi).emit('connection', child.stdio[3]);
}

test('a function that is in the middle of something ends when the local cloud is gone', async () => {
  start(TALKATIVE, (_, response) => {
    response.writeHead(200, { 'lambda-runtime-aws-request-id': '1', 'lambda-runtime-deadline-ms': '0' });
    response.end('{}');
  });
  const [, stdout, stderr, pipe] = child.stdio;
  await once(stdout as NodeJS.ReadableStream, 'data');

  // As the system does it for a process that is killed.
  for (const end of [pipe, stdout, stderr]) (end as unknown as { destroy(): void }).destroy();

  expect(await once(child, 'exit')).toEqual([1, null]);
});

test('an error between two invocations is nobody’s answer: the process writes it and ends', async () => {
  const answers: unknown[] = [];
  const signal = join(directory, 'signal');
  let asked = 0;
  const throwing = `const { existsSync } = require('node:fs');
    const throwLate = () => { if (existsSync(${JSON.stringify(signal)})) throw new Error('too late'); };
    exports.handler = async () => { setInterval(throwLate, 5); return 1; };`;
  start(throwing, (request, response) => {
    if (request.method === 'POST') {
      answers.push(request.url);
      response.writeHead(202).end();
      return;
    }
    asked += 1;
    if (asked === 1) {
      response.writeHead(200, { 'lambda-runtime-aws-request-id': '1', 'lambda-runtime-deadline-ms': '0' });
      response.end('{}');
      return;
    }
    // It waits for its next invocation, which does not come.
    writeFileSync(signal, '');
  });
  const log = text(child.stdout as NodeJS.ReadableStream);

  expect(await once(child, 'exit')).toEqual([129, null]);
  expect(answers).toEqual(['/2018-06-01/runtime/invocation/1/response']);
  expect(await log).toContain('too late');
});

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { eventually, type TestCloud } from '../../support/test-cloud';
import { leftOn, startCloud } from '../../support/verification';

const root = join(__dirname, '..', '..', '..');

let cloud: TestCloud;
let directory: string;

beforeEach(async () => {
  directory = mkdtempSync(join(tmpdir(), 'outputs-'));
  cloud = await startCloud();
});

afterEach(async () => {
  rmSync(directory, { recursive: true });
  await cloud.close();
});

/** The command, as a shell starts it. */
function startVerify() {
  const file = join(directory, 'outputs.json');
  writeFileSync(file, JSON.stringify({ UserOnboarding: cloud.outputs }));
  const command = ['--import', 'tsx', join('local', 'verify', 'command.ts'), '--outputs-file', file];
  const child = spawn(process.execPath, command, {
    cwd: root,
    env: { PATH: process.env.PATH, NO_COLOR: '1', AWS_ENDPOINT_URL: cloud.endpoint, AWS_REGION: 'us-east-1' },
  });
  const ended = Promise.all([once(child, 'exit'), text(child.stdout), text(child.stderr)]);
  return { child, ended };
}

test.each(['SIGINT', 'SIGTERM'] as const)(
  '%s ends the wait for a user who is parked, and everything is deleted',
  async (signal) => {
    // The user never joins the group, so that the command waits when the signal comes.
    await cloud.setFaults([{ action: 'cognito-idp:AdminAddUserToGroup', error: 'InternalErrorException' }]);
    const { child, ended } = startVerify();
    child.stdout.on('data', (chunk) => String(chunk).includes('the user confirms') && child.kill(signal));
    const [[code], stdout, stderr] = await ended;

    expect(stderr).toContain('interrupted: deleting what was made');
    expect(stdout).toMatch(/✘ the end +\d+ ms +interrupted/);
    expect(stdout).toMatch(/✔ clean up +.*nothing is left of the user /);
    expect(code).toBe(1);
    await eventually(async () => (await leftOn(cloud)).length === 0);
  },
);

import { setTimeout as delay } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { percentile } from '../../bench/statistics/percentile';
import { ProgressBar, step } from '../../local/cli/progress';
import type { Execution } from '../../local/step-functions/execution';
import { fail, withSynthesizedApp } from '../../scripts/synthesized-app';
import { eventually, TestCloud, type TestUser } from '../../test/support/test-cloud';
import { plot, summary } from './report';

/**
 * Cognito's quotas: `UserCreation`, and all of `UserUpdate`, which other changes of users share.
 *
 * @see https://docs.aws.amazon.com/cognito/latest/developerguide/quotas.html#category_operations
 */
const CONFIRMATIONS_PER_SECOND = 50;
const GROUP_ADDS_PER_SECOND = 25;

/** How many environments of each function are busy at once. */
const PROVISIONED_CONCURRENCY = 32;

/** How long Cognito waits for the trigger, in ms. */
const COGNITO_TIME_LIMIT = 5000;

const DRAIN_TIME_LIMIT = 20 * 60_000;

const HELP = `Confirms ${CONFIRMATIONS_PER_SECOND} users a second on a local cloud. Its Cognito accepts ${GROUP_ADDS_PER_SECOND} group adds a second.

  npm run burst -- [options]

  --seconds N  how long it lasts (default 60)
  --help       print this text
`;

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: { seconds: { type: 'string', default: '60' }, help: { type: 'boolean' } },
  });
  if (values.help) {
    process.stdout.write(HELP);
    return;
  }
  const seconds = Number(values.seconds);
  // The local cloud keeps 10,000 messages with codes.
  if (!(seconds >= 1 && seconds <= 190)) throw new Error(`--seconds takes 1 to 190, not "${values.seconds}"`);
  await withSynthesizedApp(async () => {
    const cloud = await step('start the local cloud', () => TestCloud.start({ patient: false }));
    try {
      await burst(cloud, seconds);
    } finally {
      await cloud.close();
    }
  });
}

async function burst(cloud: TestCloud, seconds: number): Promise<void> {
  const users = await step('sign up', () => signUp(cloud, seconds * CONFIRMATIONS_PER_SECOND));
  await step('warm up', () => warmUp(cloud));
  await cloud.setFaults([{ action: 'cognito-idp:AdminAddUserToGroup', perSecond: GROUP_ADDS_PER_SECOND }]);
  const begin = Date.now();
  const ended = collectEnded(cloud);
  const times = await step(`confirm ${users.length} users`, () => confirm(cloud, users));
  const confirmed = Date.now();
  await step('drain the retry queue', () => {
    return eventually(async () => (await cloud.usersIn('RetryQueueUrl')).length === 0, DRAIN_TIME_LIMIT);
  });
  const drained = Date.now();
  const lost = await countLost(cloud, users);
  const executions = ended().filter(({ startDate }) => startDate >= begin);
  console.log(plot(executions, begin, drained));
  console.log(summary(executions, times, { lost, drainedAfter: drained - confirmed }));
  if (lost > 0 || percentile(times, 0.99) >= COGNITO_TIME_LIMIT) process.exitCode = 1;
}

/** Collects ended executions; the local cloud keeps only the newest. @returns how to stop and get them. */
function collectEnded(cloud: TestCloud): () => Execution[] {
  const ended = new Set<Execution>();
  const collect = () => {
    for (const execution of cloud.executions) if (execution.status !== 'RUNNING') ended.add(execution);
  };
  const timer = setInterval(collect, 10_000).unref();
  return () => {
    clearInterval(timer);
    collect();
    return [...ended];
  };
}

interface UserWithCode extends TestUser {
  readonly code: string;
}

async function signUp(cloud: TestCloud, count: number): Promise<UserWithCode[]> {
  const bar = new ProgressBar('sign-ups', count);
  const users: TestUser[] = [];
  for (let i = 0; i < count; i += 1) {
    users.push(await cloud.signUp());
    bar.advance();
  }
  bar.end();
  const codes = await cloud.codes();
  return users.map((user) => ({ ...user, code: codes.get(user.email) ?? '' }));
}

/** Starts the environments that a burst needs: AWS has them at once, here it takes longer than the burst. */
async function warmUp(cloud: TestCloud): Promise<void> {
  await cloud.provisionConcurrency(PROVISIONED_CONCURRENCY);
  // In steps: each environment's first invocation is slow, and all of them at once would take too long.
  for (let concurrency = 2; concurrency <= PROVISIONED_CONCURRENCY; concurrency *= 2) {
    const users = await signUp(cloud, 8 * concurrency);
    const confirmNext = async () => {
      for (let user = users.pop(); user; user = users.pop()) await cloud.confirmWith(user, user.code);
    };
    await Promise.all(Array.from({ length: concurrency }, confirmNext));
  }
}

/** @returns how long each confirmation took, in ms. */
async function confirm(cloud: TestCloud, users: UserWithCode[]): Promise<number[]> {
  const begin = performance.now();
  return Promise.all(
    users.map(async (user, i) => {
      await delay(begin + (i * 1000) / CONFIRMATIONS_PER_SECOND - performance.now());
      const start = performance.now();
      await confirmByHttp(cloud, user);
      return performance.now() - start;
    }),
  );
}

/** Does not use the SDK: it would be a fifth of this machine's work. */
async function confirmByHttp(cloud: TestCloud, { email, code }: UserWithCode): Promise<void> {
  const response = await fetch(cloud.endpoint, {
    method: 'POST',
    headers: {
      'content-type': 'application/x-amz-json-1.1',
      'x-amz-target': 'AWSCognitoIdentityProviderService.ConfirmSignUp',
    },
    body: JSON.stringify({
      ClientId: cloud.output('UserPoolClientId'),
      Username: email,
      ConfirmationCode: code,
    }),
  });
  const answer = await response.text();
  // Cognito would show the error to the user; lost users are counted at the end.
  if (!response.ok) console.error(`${email}: ${answer}`);
}

async function countLost(cloud: TestCloud, users: TestUser[]): Promise<number> {
  let lost = 0;
  for (const user of users) {
    const isMember = (await cloud.groupsOf(user)).includes(cloud.output('GroupName'));
    if (!isMember || !(await cloud.recordOf(user))) lost += 1;
  }
  return lost;
}

main().catch(fail);

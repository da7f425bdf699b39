import {
  AdminConfirmSignUpCommand,
  AdminDisableUserCommand,
  AdminUpdateUserAttributesCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { PurgeQueueCommand, SendMessageCommand } from '@aws-sdk/client-sqs';
import type { Fault as LocalFault } from '../../local/gateway/faults';
import { readApp } from '../../simulation/app/app';
import { type Runner, Workers } from '../../simulation/runs/workers';
import type { UserKind } from '../../simulation/schedule/arrival';
import type { Schedule } from '../../simulation/schedule/schedule';
import type { Snapshot as SimulatedSnapshot, UserState } from '../../simulation/world/snapshot';
import { EVERYTHING } from '../support/everything';
import { simulatedApps } from '../support/simulated-apps';
import { eventually, TestCloud, type TestUser } from '../support/test-cloud';

/** Kinds of users that both can play. */
const KINDS = ['native', 'federated', 'unverified', 'unconfirmed', 'disabled'] as const;
type Kind = Extract<UserKind, (typeof KINDS)[number]>;

const POISON = '{"hello":"world"}';
const HOUR = 3_600_000;

/** Everything that can be compared of a user, and of the dead-letter queue. */
interface Snapshot {
  readonly users: Readonly<Record<string, UserState>>;
  readonly dead: number;
}

/** While users arrive, and after the faults are lifted and a reconciliation has run. */
interface EndStates {
  readonly meanwhile: Snapshot;
  readonly afterwards: Snapshot;
}

let cloud: TestCloud;
let workers: Workers;
let runner: Runner;

beforeAll(async () => {
  const app = readApp(process.env.TEST_CLOUD_ASSEMBLY as string);
  workers = new Workers(1);
  cloud = await TestCloud.start({ queueTimeScale: 0.01 });
  runner = workers.runnerOf({ ...(await simulatedApps()), apps: [app] });
});

afterAll(async () => {
  workers.close();
  await cloud.close();
});

const always = (action: string, error: string) => ({ action, error });

const SCHEDULES: [name: string, faults: LocalFault[]][] = [
  ['nothing goes wrong', []],
  ['the group cannot be changed', [always('cognito-idp:AdminAddUserToGroup', 'AccessDeniedException')]],
  ['the table is gone', [always('dynamodb:PutItem', 'ResourceNotFoundException')]],
  ['no execution starts', [always('states:StartSyncExecution', 'AccessDeniedException')]],
  [
    'no execution starts, and nobody can be parked',
    [
      always('states:StartSyncExecution', 'AccessDeniedException'),
      always('sqs:SendMessage', 'QueueDoesNotExist'),
    ],
  ],
  [
    'the table is gone, and the state machine cannot park',
    [always('dynamodb:PutItem', 'ResourceNotFoundException'), always('sqs:SendMessage', 'QueueDoesNotExist')],
  ],
  ['no function is invoked', [always('lambda:InvokeFunction', 'ServiceException')]],
];

test.each(EVERYTHING ? SCHEDULES : SCHEDULES.slice(0, 3))(
  '%s: the models end as the local cloud does',
  async (_, faults) => {
    expect(await inSimulation(faults)).toEqual(await onLocalCloud(faults));
  },
);

async function inSimulation(faults: readonly LocalFault[]): Promise<EndStates> {
  const window = { from: 0, until: HOUR, probability: 1 };
  const schedule: Schedule = {
    start: Date.UTC(2026, 0, 5, 12),
    arrivals: KINDS.map((kind, number) => ({ number, kind, at: 0, later: 0 })),
    faults: [
      ...faults.map(({ action, error }) => ({ kind: 'error' as const, on: action, error, ...window })),
      { kind: 'poison message', from: HOUR, until: HOUR, probability: 1 },
    ],
  };
  const shard = { seed: 1, number: 0, first: 0, users: KINDS.length, schedule, snapshotAt: HOUR / 2 };
  const { snapshots, violations } = await runner.run(shard);
  expect(violations).toEqual([]);
  const [meanwhile, afterwards] = snapshots.map(byKind) as [Snapshot, Snapshot];
  return { meanwhile, afterwards };
}

function byKind({ users, dead }: SimulatedSnapshot): Snapshot {
  const states = Object.entries(users).map(([number, state]) => [KINDS[Number(number)], state]);
  return { users: Object.fromEntries(states), dead };
}

async function onLocalCloud(faults: LocalFault[]): Promise<EndStates> {
  await cloud.setFaults(faults);
  const arrivals = await Promise.all(KINDS.map(comeTo));
  const meanwhile = await localSnapshot(arrivals);
  await cloud.setFaults([]);
  await cloud.sqs.send(
    new SendMessageCommand({ QueueUrl: cloud.output('RetryQueueUrl'), MessageBody: POISON }),
  );
  await cloud.reconcile();
  await eventually(async () => (await cloud.usersIn('RetryQueueUrl')).length === 0);
  const afterwards = await localSnapshot(arrivals);
  await cloud.sqs.send(new PurgeQueueCommand({ QueueUrl: cloud.output('DeadLetterQueueUrl') }));
  return { meanwhile, afterwards };
}

interface LocalArrival {
  readonly kind: Kind;
  readonly user: TestUser;
  readonly sawError: boolean;
}

async function comeTo(kind: Kind): Promise<LocalArrival> {
  const user = kind === 'federated' ? cloud.newUser() : await cloud.signUp();
  const admin = { UserPoolId: cloud.output('UserPoolId'), Username: user.email };
  const lives: Record<Kind, () => Promise<unknown>> = {
    native: () => cloud.confirm(user),
    federated: () => cloud.signInFederated(user),
    unverified: () => cloud.cognito.send(new AdminConfirmSignUpCommand(admin)),
    unconfirmed: async () => {},
    disabled: async () => {
      await cloud.cognito.send(new AdminDisableUserCommand(admin));
      await cloud.cognito.send(new AdminConfirmSignUpCommand(admin));
      const UserAttributes = [
        { Name: 'email', Value: user.email },
        { Name: 'email_verified', Value: 'true' },
      ];
      await cloud.cognito.send(new AdminUpdateUserAttributesCommand({ ...admin, UserAttributes }));
    },
  };
  const sawError = await lives[kind]().then(
    () => false,
    () => true,
  );
  return { kind, user, sawError };
}

async function localSnapshot(arrivals: readonly LocalArrival[]): Promise<Snapshot> {
  const queued = JSON.stringify(await cloud.usersIn('RetryQueueUrl'));
  const users = await Promise.all(
    arrivals.map(async ({ kind, user, sawError }) => {
      const hasRecord = (await cloud.recordOf(user)) !== undefined;
      const isQueued = queued.includes(user.sub);
      return [kind, { hasRecord, groups: await cloud.groupsOf(user), isQueued, sawError }];
    }),
  );
  const dead = await cloud.usersIn('DeadLetterQueueUrl');
  return { users: Object.fromEntries(users), dead: dead.length };
}

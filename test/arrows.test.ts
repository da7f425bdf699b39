import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { circleIn, folderOf, importsOf, packagesOf, sourceFiles, wrongImports } from './support/imports';

const SERVICES = [
  'cloudwatch',
  'cognito',
  'cognito-identity',
  'dynamodb',
  'events',
  'lambda',
  'logs',
  'scheduler',
  'sqs',
  'step-functions',
];
const locally = (...folders: string[]) => folders.map((folder) => `local/${folder}`);
const cognito = (...rooms: string[]) => rooms.map((room) => `cognito/${room}`);

/** What the pages of the console look into. */
const CONSOLE = ['aws', 'cognito/messages', 'gateway', 'iam', ...SERVICES];

/**
 * Which folders a folder may import from, besides itself. A folder that is not in the table follows the rules
 * of the folder above it.
 *
 * No line of `local` contains `infra` or `functions`: it sees only the synthesized app.
 */
const MAY_IMPORT: Record<string, readonly string[]> = {
  'functions/aws-client': [],
  'functions/onboarding': ['functions/aws-client'],
  functions: ['functions/aws-client', 'functions/onboarding'],

  'infra/settings': [],
  'infra/access': [],
  'infra/record': ['functions/onboarding', 'functions/put-user-record', 'infra/settings'],
  'infra/functions': ['functions/onboarding', 'infra/access', 'infra/record', 'infra/settings'],
  'infra/user-pool': [
    'functions/onboarding',
    'infra/access',
    'infra/functions',
    'infra/record',
    'infra/settings',
  ],
  'infra/steps': ['infra/settings'],
  'infra/state-machines': ['infra/access', 'infra/record', 'infra/settings', 'infra/steps'],
  'infra/operations': ['infra/access', 'infra/functions', 'infra/settings', 'infra/state-machines'],
  infra: [
    'infra/access',
    'infra/functions',
    'infra/operations',
    'infra/record',
    'infra/settings',
    'infra/state-machines',
    'infra/steps',
    'infra/user-pool',
  ],

  'local/aws': [],
  'local/gateway': locally('aws'),
  'local/iam/policies': locally('aws'),
  'local/iam': locally('aws', 'iam/policies'),
  'local/inert': locally('aws'),
  'local/cloudwatch': locally('aws'),
  'local/logs': locally('aws', 'lambda', 'step-functions'),
  'local/cognito/emulator': locally('aws'),
  'local/cognito/triggers': locally('aws'),
  'local/cognito/user-pools': locally('aws', 'cognito/emulator'),
  'local/cognito/users': locally('aws', 'cognito/emulator'),
  'local/cognito/messages': locally('aws', 'cognito/triggers'),
  'local/cognito/tokens': locally('aws', ...cognito('emulator', 'messages', 'triggers', 'users')),
  'local/cognito/sign-up': locally('aws', ...cognito('emulator', 'messages', 'tokens', 'triggers', 'users')),
  'local/cognito/sign-in': locally('aws', ...cognito('emulator', 'sign-up', 'tokens', 'triggers', 'users')),
  'local/cognito/account': locally('aws', ...cognito('emulator', 'messages', 'tokens', 'users')),
  'local/cognito/federation': locally('aws', ...cognito('emulator', 'sign-up', 'tokens')),
  'local/cognito': locally(
    'aws',
    ...cognito('account', 'emulator', 'federation', 'messages', 'sign-in', 'sign-up'),
    ...cognito('tokens', 'triggers', 'user-pools', 'users'),
  ),
  'local/cognito-identity': locally('aws', 'iam'),
  'local/dynamodb': locally('aws'),
  'local/events': locally('aws'),
  'local/lambda/code': [],
  'local/lambda/asynchronous': locally('aws', 'iam'),
  'local/lambda/event-sources': locally('aws', 'gateway', 'iam', 'sqs'),
  'local/lambda': locally(
    ...['aws', 'gateway', 'iam', 'lambda/asynchronous', 'lambda/code', 'lambda/event-sources', 'sqs'],
  ),
  'local/lambda/api': locally('aws', 'iam', 'lambda', 'lambda/event-sources'),
  'local/scheduler': locally('aws', 'iam'),
  'local/sqs': locally('aws'),
  'local/step-functions/tasks': locally('aws', 'iam'),
  'local/step-functions': locally('aws', 'iam', 'step-functions/tasks'),
  'local/cloudformation/values': locally('aws'),
  'local/cloudformation': locally('aws', 'cloudformation/values'),
  'local/cloudformation/update': locally('aws', 'cloudformation'),
  'local/console/assets': [],
  'local/console/shared': locally(...CONSOLE),
  'local/console/graph': locally('console/shared', ...CONSOLE),
  'local/console/states': locally('console/graph', 'console/shared', ...CONSOLE),
  'local/console/executions': locally('console/graph', 'console/shared', 'console/states', ...CONSOLE),
  'local/console/access': locally('console/shared', ...CONSOLE),
  'local/console/events': locally('console/shared', ...CONSOLE),
  'local/console/faults': locally('console/shared', ...CONSOLE),
  'local/console/logs': locally('console/executions', 'console/shared', ...CONSOLE),
  'local/console/mail': locally('console/shared', ...CONSOLE),
  'local/console/queues': locally('console/executions', 'console/shared', ...CONSOLE),
  'local/console/reconciliation': locally('console/executions', 'console/shared', ...CONSOLE),
  'local/console/state-machines': locally(
    ...['executions', 'graph', 'shared'].map((room) => `console/${room}`),
    ...CONSOLE,
  ),
  'local/console/users': locally('console/executions', 'console/shared', ...CONSOLE),
  'local/console': [
    ...['access', 'assets', 'events', 'executions', 'faults', 'logs', 'mail', 'queues', 'reconciliation'],
    ...['shared', 'state-machines', 'users'],
  ].map((room) => `local/console/${room}`),
  local: locally(
    'aws',
    'cloudformation',
    'cloudformation/update',
    'console',
    'console/shared',
    'gateway',
    'iam',
    'inert',
    'lambda/api',
    'lambda/asynchronous',
    'lambda/event-sources',
    'step-functions/tasks',
    ...SERVICES,
  ),
  'local/client': [],
  'local/verify/shared': [],
  'local/verify/checks': locally('verify/shared'),
  'local/verify/user': locally('verify/shared'),
  'local/verify': locally('verify/checks', 'verify/shared', 'verify/user'),
  'local/cli': [
    'local',
    ...locally(
      'aws',
      'client',
      'cloudformation',
      'cloudformation/update',
      'gateway',
      'lambda',
      'step-functions',
    ),
  ],

  scripts: ['local/cli'],
  'bench/statistics': [],
  'bench/cold-starts': ['bench/statistics', 'local/cli', 'scripts', 'test/support'],
  'bench/load': ['bench/statistics', 'test/support'],
  'bench/growth': ['bench/load', 'bench/statistics', 'local/cli', 'test/support'],
  'bench/cost': ['bench/cold-starts', 'bench/load'],
  'bench/report': ['bench/cold-starts', 'bench/cost', 'bench/growth', 'bench/load', 'bench/statistics'],
  bench: [
    ...['cold-starts', 'growth', 'load', 'report', 'statistics'].map((room) => `bench/${room}`),
    'local/cli',
    'scripts',
  ],
  'simulation/clock': [],
  'simulation/app': locally('aws'),
  'simulation/apps/create-tenant': ['functions/aws-client', 'functions/onboarding'],
  'simulation/apps': ['infra', ...locally('aws'), 'simulation/app'],
  'simulation/code': [...locally('aws'), 'scripts', 'simulation/app', 'simulation/clock'],
  'simulation/schedule': ['simulation/clock'],
  'simulation/models': [
    ...locally('aws', 'step-functions', 'step-functions/tasks'),
    ...['app', 'clock', 'code', 'schedule'].map((room) => `simulation/${room}`),
  ],
  'simulation/promise': ['app', 'clock', 'code', 'models'].map((room) => `simulation/${room}`),
  'simulation/world': [
    ...locally('step-functions'),
    ...['app', 'clock', 'code', 'models', 'promise', 'schedule'].map((room) => `simulation/${room}`),
  ],
  'simulation/runs': [
    ...locally('cli'),
    ...['app', 'clock', 'code', 'models', 'promise', 'schedule', 'world'].map((room) => `simulation/${room}`),
  ],
  simulation: [
    'bench/statistics',
    ...locally('cli', 'gateway', 'step-functions'),
    'scripts',
    'simulation/apps',
    'simulation/code',
    'simulation/runs',
    'test/support',
  ],
  examples: [],
};

const files = sourceFiles(['bench', 'examples', 'functions', 'infra', 'local', 'scripts', 'simulation']);
const imports = files.flatMap(importsOf);

test('every import follows the table', () => {
  expect(imports.length).toBeGreaterThan(500);
  expect(wrongImports(imports, MAY_IMPORT)).toEqual([]);
});

test('no folders import each other in a circle', () => {
  expect(circleIn(imports)).toBeUndefined();
});

test.each([
  ['an arrow upwards', 'local/aws/api.ts', 'local/sqs/sqs.ts'],
  ['infra from local', 'local/cli/main.ts', 'infra/app.ts'],
  ['functions from local', 'local/cognito/cognito.ts', 'functions/onboarding/eligibility.ts'],
  [
    'one function from another',
    'functions/put-user-record/handler.ts',
    'functions/reconcile-users/park-users.ts',
  ],
])('%s is found, with the names of both files', (_, from, to) => {
  expect(wrongImports([...imports, { from, to }], MAY_IMPORT)).toEqual([`${from} must not import ${to}`]);
});

test('a circle is found, with the files that cause it', () => {
  const circle = circleIn([...imports, { from: 'local/aws/api.ts', to: 'local/sqs/sqs.ts' }]);

  expect(circle).toContain('local/aws/api.ts imports local/sqs/sqs.ts');
});

test('every line of the table names an existing folder', () => {
  const folders = [...new Set(files.map(folderOf))];
  const lines = Object.entries(MAY_IMPORT)
    .flat(2)
    .filter((line) => line !== 'test/support');

  expect(lines.filter((line) => !folders.some((folder) => `${folder}/`.startsWith(`${line}/`)))).toEqual([]);
});

test('no folder holds more than 18 source files', () => {
  const sizes = new Map<string, number>();
  for (const file of files) sizes.set(folderOf(file), (sizes.get(folderOf(file)) ?? 0) + 1);

  expect([...sizes].filter(([, size]) => size > 18)).toEqual([]);
});

test('the local cloud uses exactly the packages in its own package.json', () => {
  const { dependencies } = JSON.parse(readFileSync(join(__dirname, '..', 'local', 'package.json'), 'utf8'));
  const packages = files.filter((file) => file.startsWith('local/')).flatMap(packagesOf);

  expect([...new Set(packages)].sort()).toEqual(Object.keys(dependencies).sort());
});

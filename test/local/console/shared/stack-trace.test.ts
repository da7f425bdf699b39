import { join } from 'node:path';
import { ownPlace, readableTrace } from '../../../../local/console/shared/stack-trace';

const ROOT = process.cwd();
const TRACE = [
  'TooManyRequestsException: slow down',
  `    at at.handleError (${ROOT}/node_modules/@aws-sdk/core/dist-es/AwsJsonRpcProtocol.js:60:27)`,
  '    at process.processTicksAndRejections (node:internal/process/task_queues:95:5)',
  `    at async <anonymous> (${ROOT}/node_modules/@smithy/core/dist-es/retryMiddleware.js:32:50)`,
  `    at async qu (${ROOT}/functions/add-user-to-group/handler.ts:47:3)`,
  `    at async main (${join(ROOT, 'local', 'lambda', 'runtime', 'main.cjs')}:159:22)`,
];

test('finds the innermost line of the app', () => {
  expect(ownPlace(TRACE)).toBe('functions/add-user-to-group/handler.ts:47:3');
});

test.each([
  ['without a name', '    at /srv/shop/handler.ts:3:7', '/srv/shop/handler.ts:3:7'],
  [
    'of an ES module',
    '    at handler (file:///srv/shop/my code/index.mjs:3:7)',
    '/srv/shop/my code/index.mjs:3:7',
  ],
  ['with a method', '    at Shop.open [as run] (/srv/shop/a.ts:1:2)', '/srv/shop/a.ts:1:2'],
])('reads a place %s', (_, line, place) => {
  expect(ownPlace(['Error: x', line])).toBe(place);
});

test.each([[[]], [['Error: at /tmp/x.ts:1:1']], [TRACE.filter((line) => !line.includes('functions'))]])(
  'knows no place in %j',
  (trace) => {
    expect(ownPlace(trace)).toBeUndefined();
  },
);

test('knows no place in a bundle that has no source map', () => {
  const trace = [
    'TooManyRequestsException: slow down',
    '    at at.handleError (file:///tmp/asset.1/index.mjs:22:6991)',
    '    at async ym (file:///tmp/asset.1/index.mjs:27:985)',
  ];

  expect(ownPlace(trace)).toBeUndefined();
});

test('shows paths without the working directory', () => {
  expect(readableTrace(TRACE)).not.toContain(ROOT);
  expect(readableTrace(TRACE)).toContain('at async qu (functions/add-user-to-group/handler.ts:47:3)');
});

import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { CloudAssembly } from '../../local/cloudformation/cloud-assembly';
import { OnboardingProject } from '../../scripts/project';
import { eventually } from '../support/test-cloud';

const NAMES = ['add-user-to-group', 'post-confirmation', 'put-user-record'];

test('what contains a changed file is built again, and only that, with source maps beside it', async () => {
  const project = new OnboardingProject();
  const assembly = await project.synthesize();
  const bundle = (name: string) => join(assembly, '..', 'dist', name);
  const builtAt = (name: string) => statSync(join(bundle(name), 'index.mjs')).mtimeMs;
  const before = NAMES.map(builtAt);
  const taken: boolean[][] = [];

  await project.remake(['functions/put-user-record/handler.ts'], async () => {
    taken.push(NAMES.map((name, index) => builtAt(name) !== before[index]));
  });
  // The second time is after the synthesis.
  await eventually(async () => taken.length === 2);

  expect(taken[0]).toEqual([false, false, true]);
  for (const name of NAMES) expect(existsSync(join(bundle(name), 'index.mjs.map'))).toBe(true);
  expect(new CloudAssembly(assembly).stacks).toHaveLength(1);
});

test('the bundles that are deployed and published have no source maps', () => {
  const files = readdirSync(join(__dirname, '..', '..', 'dist'), { recursive: true, encoding: 'utf8' });

  expect(files.length).toBeGreaterThan(10);
  expect(files.filter((file) => file.endsWith('.map'))).toEqual([]);
});

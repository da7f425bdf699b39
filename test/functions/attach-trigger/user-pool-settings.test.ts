import { spawnSync } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(__dirname, '..', '..', '..');
const models = join(
  root,
  'node_modules/@aws-sdk/client-cognito-identity-provider/dist-types/models/models_0',
);

/** Type-checks the settings with an SDK that knows these fields of a user pool in addition to today's. */
function typeCheckWith(field: string): string {
  const directory = mkdtempSync(join(process.env.TEST_CLOUD_ASSEMBLY as string, 'types-'));
  const sdk = `export {};\ndeclare module '${models}' { interface UserPoolType { ${field} } }\n`;
  writeFileSync(join(directory, 'sdk.ts'), sdk);
  const config = {
    extends: join(root, 'tsconfig.json'),
    compilerOptions: { typeRoots: [join(root, 'node_modules/@types')], types: ['node'] },
    files: ['sdk.ts', join(root, 'functions/attach-trigger/user-pool-settings.ts')],
    include: [],
  };
  writeFileSync(join(directory, 'tsconfig.json'), JSON.stringify(config));
  const tsc = join(root, 'node_modules/typescript/bin/tsc');
  return spawnSync(process.execPath, [tsc, '--project', directory], { encoding: 'utf8' }).stdout;
}

test('the build breaks on a setting that would be reset', () => {
  expect(typeCheckWith('Invented?: string')).toContain(
    `'"Invented"' is not assignable to type 'keyof UpdateUserPoolRequest'`,
  );
});

test('the build does not break on anything else', () => {
  expect(typeCheckWith('UserPoolTags?: Record<string, string>')).toBe('');
});

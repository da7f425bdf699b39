import { execFile } from 'node:child_process';
import {
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { GetCommand } from '@aws-sdk/lib-dynamodb';
import { Template } from 'aws-cdk-lib/assertions';
import { transformSync } from 'esbuild';
import { CloudAssembly } from '../../local/cloudformation/cloud-assembly';
import { publishedFiles } from '../support/published-files';
import { eventually, TestCloud } from '../support/test-cloud';

const run = promisify(execFile);
const root = join(__dirname, '..', '..');
const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
const directory = mkdtempSync(join(tmpdir(), 'package-'));

afterAll(() => rmSync(directory, { recursive: true, force: true }));

let tarball: string;

beforeAll(async () => {
  await run(npm, ['exec', '--', 'tsc', '--project', 'tsconfig.package.json'], { cwd: root });
  // The bundles exist already, and other tests read them at the same time: no script may build them again.
  await run(npm, ['pack', '--ignore-scripts', '--pack-destination', directory], { cwd: root });
  tarball = join(directory, readdirSync(directory).find((file) => file.endsWith('.tgz')) ?? '');
});

/** An empty app with the package installed, and with the CDK as its peer. */
async function appWithPackage(type: 'commonjs' | 'module'): Promise<string> {
  const app = join(directory, type);
  mkdirSync(app);
  writeFileSync(join(app, 'package.json'), JSON.stringify({ name: 'shop', private: true, type }));
  // Offline, and therefore without the peers. The project's own peers serve as well as those of the registry.
  await run(npm, ['install', '--offline', '--legacy-peer-deps', '--no-audit', tarball], { cwd: app });
  for (const peer of ['aws-cdk-lib', 'constructs', '@types']) {
    symlinkSync(join(root, 'node_modules', peer), join(app, 'node_modules', peer), 'dir');
  }
  copyFileSync(join(root, 'examples', 'adopt', 'app.ts'), join(app, 'app.ts'));
  return app;
}

async function synthesize(app: string, format: 'cjs' | 'esm'): Promise<void> {
  const { code } = transformSync(readFileSync(join(app, 'app.ts'), 'utf8'), { loader: 'ts', format });
  writeFileSync(join(app, 'app.js'), code);
  await run(process.execPath, ['app.js'], {
    cwd: app,
    env: { ...process.env, CDK_OUTDIR: join(app, 'cdk.out'), CDK_VALIDATION: 'false' },
  });
}

describe.each([
  ['commonjs', 'cjs'],
  ['module', 'esm'],
] as const)('in an app of type %s', (type, format) => {
  let app: string;

  beforeAll(async () => {
    app = await appWithPackage(type);
    await synthesize(app, format);
  });

  test('the example synthesizes, with the bundles and definitions of the package', () => {
    // It throws for a circle of dependencies, which CloudFormation would refuse.
    const template = Template.fromJSON(
      JSON.parse(readFileSync(join(app, 'cdk.out', 'Shop.template.json'), 'utf8')),
    );

    template.resourceCountIs('AWS::Lambda::Function', 6);
    template.resourceCountIs('AWS::StepFunctions::StateMachine', 2);
    template.resourceCountIs('AWS::Cognito::UserPool', 1);
  });

  test('the package has types', async () => {
    const wrong = "import { UserOnboarding } from 'confirmed-user-onboarding';\nnew UserOnboarding();\n";
    writeFileSync(join(app, 'wrong.ts'), wrong);
    const options = ['--noEmit', '--strict', '--skipLibCheck', '--module', 'node20', '--types', 'node'];
    const check = run(join(root, 'node_modules', '.bin', 'tsc'), [...options, 'app.ts', 'wrong.ts'], {
      cwd: app,
    });

    await expect(check).rejects.toMatchObject({
      stdout: expect.stringMatching(/^wrong\.ts.*Expected 2-3 arguments, but got 0\.\n$/),
    });
  });
});

test("the example's template runs in the local cloud, and onboards a user as the example is configured", async () => {
  const cloud = await TestCloud.startEmpty(0.01);
  try {
    await cloud.deploy(new CloudAssembly(join(directory, 'commonjs', 'cdk.out')));
    const user = await cloud.signUpAndConfirm();
    const recordOf = async () => {
      const Key = { accountId: `CUSTOMER#${user.sub}` };
      const { Item } = await cloud.dynamodb.send(
        new GetCommand({ TableName: cloud.output('TableName'), Key }),
      );
      return Item;
    };

    // This happens at once, or by a retry if this machine is too busy for Cognito's 5 s.
    await eventually(async () => (await recordOf()) !== undefined);
    expect(await recordOf()).toMatchObject({ username: user.sub, plan: 'free', orders: [] });
    expect(await cloud.groupsOf(user)).toEqual(['customers']);
  } finally {
    await cloud.close();
  }
});

test('the package holds what its users need, and nothing else', async () => {
  const files = await publishedFiles(root);
  const kinds = new Set(files.map((file) => file.replace(/^(\w[\w-]*)\/.*?((\.d)?\.\w+)$/, '$1/*$2')));

  expect([...kinds].sort()).toEqual([
    'API.md',
    'CHANGELOG.md',
    'LICENSE',
    'README.md',
    'dist/*.mjs',
    'docs/*.json',
    'docs/*.md',
    'docs/*.png',
    'docs/*.svg',
    'lib/*.d.ts',
    'lib/*.js',
    'package.json',
    'state-machines/*.json',
  ]);
  expect(files.filter((file) => /(^|\/)(test|local|simulation|bench)\//.test(file))).toEqual([]);
});

test('the package needs the CDK and nothing else', () => {
  const { dependencies, peerDependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));

  expect(dependencies).toBeUndefined();
  expect(Object.keys(peerDependencies)).toEqual(['aws-cdk-lib', 'constructs']);
});

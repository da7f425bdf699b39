import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Lambda } from '../../../local/lambda/lambda';
import { ROLE_SESSION } from '../../support/role-session';

let directory: string;
let lambda: Lambda;

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'modules-'));
  lambda = new Lambda(4566);
});

afterEach(async () => {
  await lambda.close();
  rmSync(directory, { recursive: true });
});

/** Puts a package into a folder of the directory. */
function addPackage(folder: string, name: string): void {
  mkdirSync(join(directory, folder, name), { recursive: true });
  writeFileSync(join(directory, folder, name, 'index.js'), 'exports.a = 1');
}

const FORMATS: [string, string, (name: string) => string][] = [
  [
    'require',
    'index.js',
    (name) => `const m = require('${name}'); exports.handler = async () => Object.keys(m)`,
  ],
  [
    'import',
    'index.mjs',
    (name) => `import * as m from '${name}'; export const handler = async () => Object.keys(m)`,
  ],
];

describe.each(FORMATS)('by %s, a function', (_, file, codeWith) => {
  const loads = async (name: string, Layers: string[] = []) => {
    mkdirSync(join(directory, 'code'), { recursive: true });
    writeFileSync(join(directory, 'code', file), codeWith(name));
    const properties = { Handler: 'index.handler', Role: ROLE_SESSION.roleArn, Layers };
    lambda.createFunction('fn', join(directory, 'code'), properties, ROLE_SESSION);
    return JSON.parse((await lambda.invoke('fn', '{}')).payload);
  };

  test('finds the packages of its code', async () => {
    addPackage(join('code', 'node_modules'), 'own');

    expect(await loads('own')).toContain('a');
  });

  test('does not find those above its code, as there is nothing on AWS', async () => {
    addPackage('node_modules', 'neighbour');

    expect(await loads('neighbour')).toMatchObject({
      errorType: 'Runtime.ImportModuleError',
      errorMessage: "Cannot find module 'neighbour'",
    });
  });

  test('finds those of its layers', async () => {
    addPackage(join('layer', 'nodejs', 'node_modules'), 'shared');
    lambda.layers.add('arn:layer', join(directory, 'layer'));

    expect(await loads('shared', ['arn:layer'])).toContain('a');
  });

  test('finds the AWS SDK that the local cloud has', async () => {
    expect(await loads('@aws-sdk/client-dynamodb')).toContain('DynamoDBClient');
  });

  test('is told about a part of the AWS SDK that is nowhere, and about layers that are not in the app', async () => {
    expect(
      (await loads('@aws-sdk/client-nowhere', ['arn:aws:lambda:us-east-1:1:layer:other:1'])).errorMessage,
    ).toMatch(
      /^Cannot find module '@aws-sdk\/client-nowhere': .*npm install --save-dev @aws-sdk\/client-nowhere.*layer:other:1\)$/,
    );
  });
});

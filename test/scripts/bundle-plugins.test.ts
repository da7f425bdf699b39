import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SIGN_UP_PATH } from '../../scripts/build';
import { AwsEndpoints } from '../support/aws-endpoints';
import { taskInput } from '../support/builders';
import { FunctionProcess } from '../support/function-process';

const DIST = join(__dirname, '..', '..', 'dist');

describe.each(SIGN_UP_PATH)('the bundle of %s', (name) => {
  const files = readdirSync(join(DIST, name)).map((file) => readFileSync(join(DIST, name, file), 'utf8'));

  test('imports no module of Node but the one that has `require`', () => {
    const imports = files.flatMap(
      (text) => text.match(/\bfrom\s*"node:[^"]*"|\bimport\s*"node:[^"]*"/g) ?? [],
    );

    expect([...new Set(imports)]).toEqual(['from"node:module"']);
  });

  // Not `.ReadableStream` or `"Blob"`: those load nothing. But a property of `fs` does.
  test.each([
    /node:zlib/,
    /node:fs\/promises/,
    /(?<![.\w"'])ReadableStream\b/,
    /(?<![.\w"'])Blob\b/,
    /\.ReadStream\b/,
  ])('has nothing that matches %s, because Node would load more for it', (use) => {
    expect(files.filter((text) => use.test(text))).toEqual([]);
  });

  test('has the classes of few errors', () => {
    const classes = files.flatMap((text) => text.match(/\bshapeId\s*=\s*"[^"]*"/g) ?? []);

    expect(classes.length).toBeGreaterThan(0);
    const kept = /#(\w*ServiceException|ReplicatedWriteConflictException)"$|amazonaws\.sqs#/;
    expect(classes.filter((shapeId) => !kept.test(shapeId))).toEqual([]);
  });
});

test('no function asks for the class of an error of the SDK, which its bundle does not have', () => {
  const functions = join(__dirname, '..', '..', 'functions');
  const files = readdirSync(functions, { recursive: true, encoding: 'utf8' });
  const classes = files
    .filter((file) => file.endsWith('.ts'))
    .flatMap((file) => readFileSync(join(functions, file), 'utf8').match(/(?<=instanceof )\w+/g) ?? []);

  expect(classes).toContain('Error');
  expect(classes.filter((name) => !(name in globalThis))).toEqual([]);
});

test("no configuration file changes a function's endpoints", async () => {
  const home = mkdtempSync(join(tmpdir(), 'home-'));
  mkdirSync(join(home, '.aws'));
  writeFileSync(join(home, '.aws', 'config'), '[default]\nuse_fips_endpoint = true\n');
  const endpoints = await AwsEndpoints.start();
  const functionProcess = await FunctionProcess.start({ ...endpoints.variables, HOME: home });
  try {
    await functionProcess.load(join(DIST, 'put-user-record'));
    await functionProcess.invoke({ event: taskInput() });

    expect(endpoints.requests.map(({ host }) => host)).toEqual(['dynamodb.us-east-1.amazonaws.com']);
  } finally {
    await functionProcess.stop();
    endpoints.close();
    rmSync(home, { recursive: true });
  }
});

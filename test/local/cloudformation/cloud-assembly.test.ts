import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CloudAssembly } from '../../../local/cloudformation/cloud-assembly';

const directory = mkdtempSync(join(tmpdir(), 'assembly-'));

afterAll(() => rmSync(directory, { recursive: true }));

const write = (file: string, content: object) =>
  writeFileSync(join(directory, file), JSON.stringify(content));
const stack = (displayName: string, environment: string, dependencies: string[] = []) => {
  return { type: 'aws:cloudformation:stack', displayName, environment, dependencies };
};

beforeAll(() => {
  mkdirSync(join(directory, 'prod'));
  write('manifest.json', {
    artifacts: {
      Users: stack('Users', 'aws://111122223333/eu-west-1', ['Data']),
      Data: stack('Data', 'aws://unknown-account/eu-west-1'),
      Other: stack('Other', 'aws://unknown-account/unknown-region'),
      Prod: { type: 'cdk:cloud-assembly', properties: { directoryName: 'prod' } },
    },
  });
  write('prod/manifest.json', {
    artifacts: { ProdUsers: stack('Prod/Users', 'aws://unknown-account/unknown-region') },
  });
  for (const id of ['Users', 'Data', 'Other', 'prod/ProdUsers']) write(`${id}.template.json`, {});
});

const idsOf = (chosen?: string) => new CloudAssembly(directory, chosen).stacks.map(({ id }) => id);

test('each stack comes after the ones that it depends on, with those of stages', () => {
  expect(idsOf()).toEqual(['Data', 'Users', 'Other', 'ProdUsers']);
});

test.each([
  ['Users', ['Data', 'Users']],
  ['Other', ['Other']],
  ['Prod/Users', ['ProdUsers']],
  ['ProdUsers', ['ProdUsers']],
])('%s is taken with the stacks that it depends on', (chosen, ids) => {
  expect(idsOf(chosen)).toEqual(ids);
});

test('a stack that is not there is an error with those that are', () => {
  expect(() => idsOf('Nope')).toThrow('no stack Nope: choose one of Data, Users, Other, Prod/Users');
});

test('what an app leaves open of its environment has a default', () => {
  expect(new CloudAssembly(directory).stacks.map(({ environment }) => Object.values(environment))).toEqual([
    ['000000000000', 'eu-west-1'],
    ['111122223333', 'eu-west-1'],
    ['000000000000', 'us-east-1'],
    ['000000000000', 'us-east-1'],
  ]);
});

test('a name that several stacks have is an error with their paths', () => {
  const other = mkdtempSync(join(tmpdir(), 'assembly-'));
  const shop = (displayName: string) => {
    return { ...stack(displayName, 'aws://111122223333/eu-west-1'), properties: { stackName: 'Shop' } };
  };
  const artifacts = { ShopUs: shop('ShopUs'), ShopEu: shop('ShopEu') };
  writeFileSync(join(other, 'manifest.json'), JSON.stringify({ artifacts }));
  for (const id of ['ShopUs', 'ShopEu']) writeFileSync(join(other, `${id}.template.json`), '{}');

  expect(() => new CloudAssembly(other, 'Shop')).toThrow(
    '2 stacks have the name Shop: choose one of ShopUs, ShopEu',
  );
  expect(new CloudAssembly(other, 'ShopEu').stacks.map(({ id }) => id)).toEqual(['ShopEu']);
  rmSync(other, { recursive: true });
});

import { mkdtempSync, readdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const { importsPackages } = jest.requireActual<{ importsPackages: (file: string) => boolean }>(
  '../../../../local/lambda/runtime/package-imports.cjs',
);
const DIST = join(__dirname, '..', '..', '..', '..', 'dist');
const directory = mkdtempSync(join(tmpdir(), 'package-imports-'));

function fileWith(code: string): string {
  const file = join(directory, 'index.mjs');
  writeFileSync(file, code);
  return file;
}

test.each([
  "import a from 'package'",
  'import{a as b}from"@scope/package"',
  'import * as a from\n  "package"',
  "import 'package'",
  "export * from 'package'",
  "const a = await import('package')",
  'const a = await import(name)',
  'const a = await import(`package`)',
  "const a = await import(/* a comment */ 'package')",
  "import a from /* a comment */ 'package'",
  "import './missing.mjs'",
])('%j may import a package', (code) => {
  expect(importsPackages(fileWith(code))).toBe(true);
});

test.each([
  'export const handler = async () => import.meta.url',
  "import { createRequire } from 'node:module'; import fs from 'fs/promises'",
  'import{a}from"./chunk.mjs";import("node:http")',
  "const imported = 'from here'",
])('%j imports none', (code) => {
  writeFileSync(join(directory, 'chunk.mjs'), "import './index.mjs'; export const a = 1");

  expect(importsPackages(fileWith(code))).toBe(false);
});

test('a package that another file of the function imports counts', () => {
  writeFileSync(join(directory, 'part.mjs'), "export * from 'package'");

  expect(importsPackages(fileWith("import './part.mjs'"))).toBe(true);
});

test.each(readdirSync(DIST))('the bundle of %s imports no package', (name) => {
  expect(importsPackages(join(DIST, name, 'index.mjs'))).toBe(false);
});

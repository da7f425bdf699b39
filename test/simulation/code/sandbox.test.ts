import { Clock } from '../../../simulation/clock/clock';
import { Random } from '../../../simulation/clock/random';
import { compile } from '../../../simulation/code/program';
import { Sandbox } from '../../../simulation/code/sandbox';

const NOON = Date.UTC(2026, 0, 5, 12);

/** Runs code in a new process, and returns what it exports as `value`. */
function exportedBy(code: string, clock = new Clock(NOON)): unknown {
  const program = compile({ 'main.js': `exports.value = (() => { ${code} })();` });
  const environment = { NAME: 'value' };
  const send = () => Promise.reject(new Error('no network'));
  const sandbox = new Sandbox(program, { clock, random: new Random(1), environment, send, log: () => {} });
  return sandbox.load<{ value: unknown }>('main.js').value;
}

test.each([
  ['the clock', 'return [Date.now(), new Date().getTime(), performance.now()]', [NOON, NOON, NOON]],
  [
    'the same through globalThis',
    'return [globalThis.Date.now(), global.performance.now(), globalThis.globalThis.Date.now()]',
    [NOON, NOON, NOON],
  ],
  [
    'the language through globalThis',
    'return [globalThis.Array.isArray([]), globalThis.JSON.stringify([1])]',
    [true, '[1]'],
  ],
  ['its environment', 'return [process.env.NAME, require("node:process").env.NAME]', ['value', 'value']],
])('a process sees %s', (_, code, value) => {
  expect(exportedBy(code)).toEqual(value);
});

test.each([
  'return Math.random()',
  'return crypto.randomUUID()',
  'return globalThis.Math.random()',
  'return globalThis.crypto.randomUUID()',
  'return require("node:crypto").randomUUID()',
])('the same seed gives the same chance: %s', (code) => {
  expect(exportedBy(code)).toEqual(exportedBy(code));
});

test.each([
  'require("node:child_process")',
  'require("perf_hooks")',
  'require("node:crypto").randomBytes(1)',
  'require("node:crypto").getRandomValues(new Uint8Array(1))',
  'crypto.getRandomValues(new Uint8Array(1))',
  'process.hrtime()',
  'process.nextTick(() => {})',
  'setInterval(() => {}, 1)',
  'fetch("https://example.com")',
  'globalThis.fetch("https://example.com")',
  'globalThis.setInterval(() => {}, 1)',
  'global.process.hrtime()',
  'require("node:vm").runInThisContext("Date.now()")',
  'require("node:http").get("http://example.com")',
  'new (require("node:https").Agent)().createConnection({})',
  'require("node:net").connect(80)',
  'require("node:zlib").gzipSync("text")',
])('a process cannot reach the real world: %s', (code) => {
  expect(() => exportedBy(code)).toThrow('the simulation does not provide');
});

test('a frozen process goes on when it thaws, and a crashed one never', async () => {
  const clock = new Clock(NOON);
  const seen: string[] = [];
  const sandboxes = ['frozen', 'crashed'].map((name) => {
    const program = compile({ 'main.js': `setTimeout(() => console.log(${JSON.stringify(name)}), 1000);` });
    const log = (line: unknown) => seen.push(String(line));
    const send = () => Promise.reject(new Error('no network'));
    const sandbox = new Sandbox(program, { clock, random: new Random(1), environment: {}, send, log });
    sandbox.load('main.js');
    return sandbox;
  });
  const [frozen, crashed] = sandboxes as [Sandbox, Sandbox];
  frozen.freeze();
  crashed.crash();
  await clock.runUntil(NOON + 2_000);
  expect(seen).toEqual([]);

  frozen.thaw();
  crashed.thaw();

  expect(seen).toEqual(['frozen']);
});

import { EventEmitter } from 'node:events';
import { Hono } from 'hono';
import { streamChanges } from '../../../../local/console/assets/live';
import { eventually } from '../../../support/test-cloud';

const changes = new EventEmitter();

/** The names of the events, as they arrive. */
async function listen(pause?: (ms: number) => Promise<void>) {
  const app = new Hono().get('/', (c) => streamChanges(c, changes, pause));
  const { body, headers } = await app.request('/');
  const reader = (body as ReadableStream<Uint8Array>).getReader();
  const events: string[] = [];
  const read = async () => {
    for (let { value, done } = await reader.read(); !done; { value, done } = await reader.read()) {
      const text = Buffer.from(value ?? []).toString();
      events.push(...[...text.matchAll(/^event: (\w+)$/gm)].map(([, name = '']) => name));
    }
  };
  return { type: headers.get('content-type'), events, reading: read(), leave: () => reader.cancel() };
}

test('tells of a change, and of many at once only once', async () => {
  const { type, events, leave } = await listen();
  await eventually(async () => events.includes('connected'));

  for (let i = 0; i < 10_000; i += 1) changes.emit('change');
  await eventually(async () => events.includes('change'));
  changes.emit('change');
  await eventually(async () => events.length === 3);

  expect(type).toBe('text/event-stream');
  expect(events).toEqual(['connected', 'change', 'change']);
  await leave();
});

test('however long a burst lasts, tells of it a few times a second', async () => {
  const pauses: { ms: number; end: () => void }[] = [];
  const pause = (ms: number) => new Promise<void>((resolve) => pauses.push({ ms, end: resolve }));
  const { events, leave } = await listen(pause);
  await eventually(async () => events.includes('connected'));

  for (const told of [1, 2, 3]) {
    changes.emit('change');
    await eventually(async () => pauses.length === told);
    for (let i = 0; i < 1_000; i += 1) changes.emit('change');
    expect(events).toHaveLength(told);
    pauses[told - 1]?.end();
    await eventually(async () => events.length === told + 1);
  }

  expect(events).toEqual(['connected', 'change', 'change', 'change']);
  expect(new Set(pauses.map(({ ms }) => ms))).toEqual(new Set([250]));
  await leave();
});

test('forgets who has left', async () => {
  const { reading, leave } = await listen();
  expect(changes.listenerCount('change')).toBeGreaterThan(0);

  await leave();
  await reading;

  await eventually(async () => changes.listenerCount('change') === 0);
});

import { EventEmitter } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { Hono } from 'hono';
import { streamChanges } from '../../../local/console/live';
import { eventually } from '../../support/test-cloud';

const changes = new EventEmitter();
const app = new Hono().get('/', (c) => streamChanges(c, changes));

/** The names of the events, as they arrive. */
async function listen() {
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
  const { events, leave } = await listen();
  const begin = performance.now();
  while (performance.now() - begin < 1_000) {
    changes.emit('change');
    await delay(1);
  }

  expect(events.length).toBeGreaterThanOrEqual(3);
  expect(events.length).toBeLessThanOrEqual(6);
  await leave();
});

test('forgets who has left', async () => {
  const { reading, leave } = await listen();
  expect(changes.listenerCount('change')).toBeGreaterThan(0);

  await leave();
  await reading;

  await eventually(async () => changes.listenerCount('change') === 0);
});

import { Clock } from '../../../simulation/clock/clock';
import { Random } from '../../../simulation/clock/random';
import { Faults } from '../../../simulation/models/faults';
import { Senders } from '../../../simulation/promise/senders';
import type { FaultTemplate } from '../../../simulation/schedule/fault';

const SECOND = 1_000;
const TIMES = { trigger: 4 * SECOND, execution: 24 * SECOND, page: 60 * SECOND };

/** Whether a message may be sent so many ms after its sender has seen that the user could be onboarded. */
async function maySend(
  sender: 'trigger' | 'reconciliation',
  after: number,
  fault: FaultTemplate = { kind: 'deployment' },
): Promise<boolean> {
  const clock = new Clock(0);
  const faults = new Faults([{ from: 0, until: 1, probability: 1, ...fault }], clock, new Random(1));
  await clock.runUntil(after);
  const message = { isOfBatch: sender === 'reconciliation' };
  return new Senders(clock, faults, TIMES).mayStillSend(message, { calledAt: 0, listedAt: 0 });
}

test.each([
  ['trigger', 29 * SECOND],
  ['reconciliation', 61 * SECOND],
] as const)('a %s queues nobody later than it can work', async (sender, longest) => {
  expect(await maySend(sender, longest)).toBe(true);
  expect(await maySend(sender, longest + 1)).toBe(false);
});

test.each<FaultTemplate>([
  { kind: 'delay', on: 'states:StartSyncExecution', time: 12 * SECOND },
  { kind: 'slow start', on: 'post-confirmation', time: 12 * SECOND },
])('a fault gives the trigger its own time: $kind', async (fault) => {
  expect(await maySend('trigger', 41 * SECOND, fault)).toBe(true);
  expect(await maySend('trigger', 41 * SECOND + 1, fault)).toBe(false);
  expect(await maySend('reconciliation', 61 * SECOND + 1, fault)).toBe(false);
});

test.each([{ isOfBatch: false }, { isOfBatch: true }])(
  'nobody queues a user whom they never saw: %j',
  (message) => {
    const clock = new Clock(0);
    const senders = new Senders(clock, new Faults([], clock, new Random(1)), TIMES);

    expect(senders.mayStillSend(message, {})).toBe(false);
  },
);

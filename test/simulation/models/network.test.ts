import { Clock } from '../../../simulation/clock/clock';
import { Random } from '../../../simulation/clock/random';
import { Faults } from '../../../simulation/models/faults';
import { Network } from '../../../simulation/models/network';

const DAY = 86_400_000;

test('a lost answer never comes, but the call has its effect', async () => {
  const clock = new Clock(0);
  const lost = { kind: 'lost answer', on: 'sqs:SendMessage', from: 0, until: DAY, probability: 1 } as const;
  const faults = new Faults([lost], clock, new Random(1));
  const observer = { called: () => {}, failed: () => {}, broken: () => {} };
  const network = new Network(clock, new Random(2), faults, observer);
  const sent: unknown[] = [];
  network.connect({ sqs: { SendMessage: (input) => sent.push(input) } });

  const ended = network.call('sqs', 'SendMessage', { MessageBody: 'x' }).catch((error) => error.code);
  await clock.runUntil(DAY);

  expect(sent).toEqual([{ MessageBody: 'x' }]);
  expect(await ended).toBe('RequestTimeout');
});

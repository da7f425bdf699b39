import { UserStatusType } from '@aws-sdk/client-cognito-identity-provider';
import { Clock } from '../../../simulation/clock/clock';
import { Random } from '../../../simulation/clock/random';
import { randomArrivals } from '../../../simulation/schedule/arrival';
import { arrive, type Entrance } from '../../../simulation/world/arrive';

test('the users of the worlds have every status that Cognito knows', async () => {
  const clock = new Clock(0);
  const statuses = new Set<string>();
  const cognito = {
    create: (sub: string, status: string) => {
      statuses.add(status);
      return { sub, attributes: {} };
    },
    confirm: async (_: unknown, status: string) => statuses.add(status),
    change: (_: unknown, { status }: { status?: string }) => status && statuses.add(status),
    delete: () => {},
  };
  const entrance = { clock, cognito, retryQueue: { send: () => {} } } as unknown as Entrance;

  const arrivals = randomArrivals(new Random(1), 1_000, 1_000);
  for (const arrival of arrivals) void arrive(entrance, arrival, String(arrival.number));
  await clock.runUntil(Math.max(...arrivals.map(({ later }) => later)));

  expect([...statuses].sort()).toEqual(Object.values(UserStatusType).sort());
});

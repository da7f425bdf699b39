import { Hono } from 'hono';
import * as v from 'valibot';
import type { Clock } from './aws/clock';
import { bodyOf, parse } from './aws/parse-body';
import type { ConsoleServices } from './console/shared/context';
import type { AsynchronousInvocations } from './lambda/asynchronous/asynchronous-invocations';
import type { DueStart, Scheduler } from './scheduler/scheduler';
import type { Sqs } from './sqs/sqs';

interface ClockServices {
  readonly asynchronous: AsynchronousInvocations;
  readonly clock: Clock;
  readonly scheduler: Scheduler;
  readonly sqs: Sqs;
}

const UnitSchema = v.optional(v.pipe(v.number(), v.minValue(0)), 0);

/** At most ten years, so that no date becomes invalid. */
const MAX_ADVANCE = 3_652 * 86_400_000;

const AdvanceSchema = v.strictObject({
  advance: v.pipe(
    v.strictObject({ days: UnitSchema, hours: UnitSchema, minutes: UnitSchema, seconds: UnitSchema }),
    v.transform(({ days, hours, minutes, seconds }) => {
      return (((days * 24 + hours) * 60 + minutes) * 60 + seconds) * 1000;
    }),
    v.check((ms) => ms > 0 && ms <= MAX_ADVANCE, 'give a time between zero and ten years, as { "hours": 2 }'),
  ),
});

/**
 * The clock below `/_local/clock`.
 *
 * - `GET /`: the time
 * - `POST /` (`{ advance: { days, hours, minutes, seconds } }`): moves it forward, and starts the schedules that
 *   became due
 */
export function clockApi({ clock, advanceClock }: ConsoleServices): Hono {
  const app = new Hono();
  const now = () => new Date(clock.now()).toISOString();
  app.get('/', (c) => c.json({ now: now() }));
  app.post('/', async (c) => {
    const { advance } = parse(AdvanceSchema, await bodyOf(c), 'a time to advance by');
    const schedules = await advanceClock(advance);
    return c.json({ now: now(), schedules });
  });
  return app;
}

/**
 * Moves the clock forward by a time in ms.
 *
 * @returns the schedules that were started because they became due.
 */
export async function advanceClock(services: ClockServices, ms: number): Promise<DueStart[]> {
  const { asynchronous, clock, scheduler, sqs } = services;
  const from = clock.now();
  clock.advance(ms);
  await sqs.advance(ms);
  asynchronous.startDue();
  return scheduler.runDue({ from, to: clock.now() });
}

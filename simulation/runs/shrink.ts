import type { Violation } from '../promise/violation';
import type { Schedule } from '../schedule/schedule';
import type { Shard } from './shard';
import type { Runner } from './workers';

/** How many schedules are tried, unless a run says otherwise. */
export const TRIALS = 60;

/** A schedule that breaks a promise, and for whom. */
export interface Shrunk {
  readonly schedule: Schedule;
  readonly user?: number;
}

/** Removes users and faults from a schedule for as long as it still breaks the same promise. */
export async function shrink(
  runner: Runner,
  shard: Shard,
  { rule, user }: Violation,
  mostTrials = TRIALS,
): Promise<Shrunk> {
  const schedule = runner.scheduleOf(shard);
  let best: Shrunk = { schedule, user };
  let trials = 0;
  const stillBreaks = async (candidate: Schedule): Promise<boolean> => {
    if (trials >= mostTrials) return false;
    trials += 1;
    const violations = await violationsOf(runner, { ...shard, schedule: candidate });
    const same = violations.find((violation) => violation.rule === rule);
    if (same) best = { schedule: candidate, user: same.user };
    return same !== undefined;
  };
  if (user !== undefined) {
    const alone = schedule.arrivals.filter(({ number }) => number === user);
    await stillBreaks({ ...schedule, arrivals: alone });
  }
  await without(
    () => best.schedule.faults,
    (faults) => stillBreaks({ ...best.schedule, faults }),
  );
  await without(
    () => best.schedule.arrivals,
    (arrivals) => stillBreaks({ ...best.schedule, arrivals }),
  );
  return best;
}

/** A world that a model cannot play breaks no rule. */
async function violationsOf(runner: Runner, shard: Shard): Promise<readonly Violation[]> {
  try {
    return (await runner.run(shard)).violations;
  } catch {
    return [];
  }
}

/** Leaves out ever smaller parts of a list, for as long as something can be left out. */
async function without<T>(
  list: () => readonly T[],
  works: (rest: readonly T[]) => Promise<boolean>,
): Promise<void> {
  for (let size = Math.ceil(list().length / 2); size >= 1; size = size === 1 ? 0 : Math.ceil(size / 2)) {
    for (let start = 0; start < list().length; ) {
      const rest = list().filter((_, index) => index < start || index >= start + size);
      if (!(await works(rest))) start += size;
    }
  }
}

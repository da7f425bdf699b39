import { alarms } from './checks/alarms';
import { caller } from './checks/caller';
import { groups } from './checks/groups';
import { mapping } from './checks/mapping';
import { permission } from './checks/permission';
import { queues } from './checks/queues';
import { reconciliation } from './checks/reconciliation';
import { schedule } from './checks/schedule';
import { table } from './checks/table';
import { trigger } from './checks/trigger';
import { inWords } from './shared/in-words';
import type { Check, Verification } from './shared/verification';
import { disturbance } from './user/disturbance';
import { onboardingChecks } from './user/onboarding';

/** What came of a check. */
export interface Result {
  readonly name: string;
  readonly passed: boolean;
  /** In ms. */
  readonly time: number;
  /** What was seen, or why it failed. */
  readonly detail: string;
}

/** The resources as they are deployed. These checks change nothing, and do not depend on one another. */
const RESOURCES = [trigger, permission, groups, table, queues, mapping, schedule, alarms];

/** @param report receives each result, as soon as it is there. */
export async function verify(
  verification: Verification,
  { disturb, report }: { readonly disturb: boolean; readonly report: (result: Result) => void },
): Promise<Result[]> {
  const results: Result[] = [];
  const run = async (check: Check): Promise<boolean> => {
    const result = await resultOf(check, verification);
    report(result);
    results.push(result);
    return result.passed;
  };
  const runUnlessInterrupted = async (check: Check) => !verification.signal.aborted && run(check);
  try {
    await runPhases(runUnlessInterrupted, disturb);
  } finally {
    for (const check of endOf(verification)) await run(check);
  }
  return results;
}

/** A user is signed up only where every resource is as it should be: they could not be onboarded elsewhere. */
async function runPhases(run: (check: Check) => Promise<boolean>, disturb: boolean): Promise<void> {
  if (!(await run(caller))) return;
  const passed: boolean[] = [];
  for (const check of RESOURCES) passed.push(await run(check));
  if (passed.includes(false)) return;
  for (const check of [...onboardingChecks(), reconciliation, ...(disturb ? [disturbance] : [])]) {
    if (!(await run(check))) return;
  }
}

/** What is done in any case. */
function endOf({ signal }: Verification): Check[] {
  const interrupted = { name: 'the end', run: () => Promise.reject(signal.reason) };
  return [...(signal.aborted ? [interrupted] : []), { name: 'clean up', run: cleanUp }];
}

async function resultOf({ name, run }: Check, verification: Verification): Promise<Result> {
  const begin = performance.now();
  const outcome = await run(verification).then(
    (detail) => ({ passed: true, detail }),
    (error) => ({ passed: false, detail: inWords(error) }),
  );
  return { name, time: performance.now() - begin, ...outcome };
}

async function cleanUp({ cleanup }: Verification): Promise<string> {
  const done = await cleanup.run();
  return done.length > 0 ? `nothing is left of ${done.join(', ')}` : 'nothing was made';
}

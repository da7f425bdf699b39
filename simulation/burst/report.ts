import pc from 'picocolors';
import { percentile } from '../../bench/statistics/percentile';
import { formatDuration } from '../../local/cli/progress';
import type { Execution } from '../../local/step-functions/execution';

function kindOf({ input, status }: Execution): 'atOnce' | 'parked' | 'retried' | undefined {
  const { startedBy } = input as { startedBy: string };
  if (startedBy === 'trigger') return status === 'SUCCEEDED' ? 'atOnce' : 'parked';
  return status === 'SUCCEEDED' ? 'retried' : undefined;
}

/** One line for one or more seconds: how many executions of each kind ended in that time. */
export function plot(executions: readonly Execution[], begin: number, end: number): string {
  const secondsPerLine = Math.ceil((end - begin) / 1000 / 60);
  const lines = Array.from({ length: Math.ceil((end - begin) / 1000 / secondsPerLine) }, (_, line) => {
    const counts = { atOnce: 0, parked: 0, retried: 0 };
    for (const execution of executions) {
      const second = ((execution.stopDate ?? 0) - begin) / 1000;
      const kind = kindOf(execution);
      if (kind && Math.floor(second / secondsPerLine) === line) counts[kind] += 1;
    }
    const bars = Object.values(counts).map((count) => Math.round(count / secondsPerLine));
    const [atOnce = 0, parked = 0, retried = 0] = bars;
    const bar = pc.green('█'.repeat(atOnce)) + pc.yellow('▒'.repeat(parked)) + pc.cyan('░'.repeat(retried));
    return `${String(line * secondsPerLine).padStart(5)} s  ${bar}`;
  });
  const legend = `         ${pc.green('█')} onboarded at once  ${pc.yellow('▒')} parked  ${pc.cyan('░')} onboarded by a retry (users a second)`;
  return ['', legend, ...lines, ''].join('\n');
}

/** What happened to all users. */
export function summary(
  executions: readonly Execution[],
  times: number[],
  end: { lost: number; drainedAfter: number },
) {
  const count = (kind: string) => {
    // Cognito and SQS sometimes deliver twice.
    const names = executions.filter((execution) => kindOf(execution) === kind).map(({ name }) => name);
    return new Set(names.map((name) => name.split('_')[0])).size;
  };
  const rows: [string, string | number][] = [
    ['confirmed', times.length],
    ['onboarded at once', count('atOnce')],
    ['parked', count('parked')],
    ['onboarded by a retry', count('retried')],
    ['lost', end.lost],
    ['time to drain, after the last one', formatDuration(end.drainedAfter)],
    ['ConfirmSignUp, p50', formatDuration(percentile(times, 0.5))],
    ['ConfirmSignUp, p99', formatDuration(percentile(times, 0.99))],
  ];
  return rows.map(([name, value]) => `  ${name.padEnd(38)}${String(value).padStart(8)}`).join('\n');
}

import pc from 'picocolors';
import type { Result } from './verify';

/** A line of the table. */
export function line({ name, passed, time, detail }: Result): string {
  const mark = passed ? pc.green('✔') : pc.red('✘');
  return `${mark} ${name.padEnd(45)}${duration(time).padStart(8)}  ${passed ? pc.dim(detail) : detail}`;
}

/** The last line: whether the deployment is verified, or what failed. */
export function summary(results: readonly Result[]): string {
  const failed = results.filter(({ passed }) => !passed);
  if (failed.length === 0) return `${pc.green('verified')}: ${results.length} checks passed`;
  const lines = failed.map(({ name, detail }) => `  ${name}: ${detail}`);
  return [`${pc.red('not verified')}: ${failed.length} of ${results.length} checks failed`, ...lines].join(
    '\n',
  );
}

function duration(time: number): string {
  return time < 1_000 ? `${Math.round(time)} ms` : `${(time / 1_000).toFixed(1)} s`;
}

import pc from 'picocolors';
import type { Counts } from '../promise/coverage';
import { formatTime } from '../world/story';
import type { Failure, RunOptions, SimulationResult } from './simulation';
import { describeFault } from './words';

/** From so many users on, a run must take every part of the definitions. */
const USERS_FOR_COVERAGE = 100_000;

/** The counts that a short report shows, with their words. */
const SHORT: readonly (readonly [name: string, words: string])[] = [
  ['users', 'users who came'],
  ['confirmations', 'confirmations of eligible users'],
  ['confirmations with an error', 'of them, users who saw an error'],
  ['messages sent to the retry queue', 'messages in the retry queue'],
  ['messages moved to the dead-letter queue', 'messages moved to the dead-letter queue'],
  ['executions', 'executions'],
  ['executions that failed', 'of them, failed'],
  ['calls that failed', 'calls that failed'],
  ['reconciliations', 'reconciliations of a whole user pool'],
  ['records', 'records'],
];

/** What became of a run, in words; the same seed gives the same text. */
export function report(
  result: SimulationResult,
  { seed, users, verbose }: RunOptions & { verbose: boolean },
) {
  const { numbers, coverage, failure } = result;
  const rows = verbose
    ? Object.entries(numbers).sort(byName)
    : SHORT.map(([name, words]) => [words, numbers[name] ?? 0] as const);
  const parts = Object.entries(coverage).sort(byName);
  return [
    `--users ${users} --seed ${seed}`,
    ...rows.map(row),
    '',
    `parts of the definitions that were taken: ${parts.length - notTaken(coverage).length} of ${parts.length}`,
    ...(verbose ? parts : notTaken(coverage).map((name) => [name, 0] as const)).map(row),
    '',
    failure ? pc.red('The promise is broken.') : pc.green('Nobody is lost.'),
  ].join('\n');
}

/** The parts of the definitions that a run of enough users has not taken. */
export function missedParts({ numbers, coverage }: SimulationResult): string[] {
  return (numbers.users ?? 0) < USERS_FOR_COVERAGE ? [] : notTaken(coverage);
}

function notTaken(coverage: Counts): string[] {
  return Object.entries(coverage)
    .filter(([, count]) => count === 0)
    .map(([name]) => name)
    .sort();
}

/** A broken promise: the rule, the shortest schedule, and what happened to the user. */
export function failureReport(
  { violation, user, schedule, story }: Failure,
  { seed, users }: RunOptions,
): string {
  const kind = schedule.arrivals.find(({ number }) => number === violation.user)?.kind;
  return [
    '',
    `rule:     ${violation.rule}${violation.details ? ` (${violation.details})` : ''}`,
    ...(user === undefined ? [] : [`user:     ${user}, ${kind}`]),
    `again:    npm run simulate -- --users ${users} --seed ${seed}${user === undefined ? '' : ` --user ${user}`}`,
    '',
    'the shortest schedule that still breaks it:',
    ...schedule.arrivals.map(
      ({ number, kind: who, at }) => `${formatTime(at)}  user ${number} comes: ${who}`,
    ),
    ...schedule.faults.map(describeFault),
    '',
    'what happened:',
    ...story,
  ].join('\n');
}

function byName([a]: readonly [string, number], [b]: readonly [string, number]): number {
  return a < b ? -1 : 1;
}

function row([name, count]: readonly [string, number]): string {
  return `  ${name.padEnd(60)}${String(count).padStart(12)}`;
}

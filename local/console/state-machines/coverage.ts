import type { Execution } from '../../step-functions/execution';
import { type Visit, visitsIn } from '../executions/timeline';
import type { Definition } from '../graph/graph-layout';
import { catchId, forwardId, retryId, ruleFor, type Step, stepsIn } from './steps';

/** A step, and how often it was taken. */
export interface CoveredStep extends Step {
  readonly count: number;
}

/** How often executions took each step, and entered each state. */
export interface Coverage {
  readonly steps: readonly CoveredStep[];
  /** By the name of the state. */
  readonly visits: ReadonlyMap<string, number>;
}

/** What one execution has done. */
interface Trail {
  readonly states: readonly string[];
  readonly steps: readonly string[];
}

/** Executions that have ended do not change. */
const trails = new WeakMap<Execution, Trail>();

/** Adds up what executions of a definition have done so far. */
export function coverageOf(definition: Definition, executions: readonly Execution[]): Coverage {
  const counts = new Map<string, number>();
  const visits = new Map<string, number>();
  for (const execution of executions) {
    const { states, steps } = trailOf(definition, execution);
    for (const name of states) visits.set(name, (visits.get(name) ?? 0) + 1);
    for (const id of steps) counts.set(id, (counts.get(id) ?? 0) + 1);
  }
  return { visits, steps: stepsIn(definition).map((step) => ({ ...step, count: counts.get(step.id) ?? 0 })) };
}

function trailOf(definition: Definition, execution: Execution): Trail {
  const known = trails.get(execution);
  if (known) return known;
  // The states inside a Map or Parallel state are no states of this definition.
  const visits = visitsIn(execution.history()).filter(({ name }) => Object.hasOwn(definition.States, name));
  const hasEnded = execution.status === 'SUCCEEDED' || execution.status === 'FAILED';
  const trail = {
    states: visits.map(({ name }) => name),
    steps: visits.flatMap((visit, index) => [
      ...retriesIn(definition, visit),
      ...wayOut(definition, visit, { next: visits[index + 1], hasEnded }),
    ]),
  };
  if (execution.stopDate !== undefined) trails.set(execution, trail);
  return trail;
}

function retriesIn({ States }: Definition, { name, attempts }: Visit): string[] {
  return attempts.slice(0, -1).flatMap(({ error }) => {
    const index = error === undefined ? -1 : ruleFor(States[name], 'Retry', error);
    return index < 0 ? [] : [retryId(name, index)];
  });
}

function wayOut(
  { States }: Definition,
  { name, attempts }: Visit,
  { next, hasEnded }: { next?: Visit; hasEnded: boolean },
): string[] {
  const error = attempts.at(-1)?.error;
  if (next && error !== undefined) return [catchId(name, ruleFor(States[name], 'Catch', error))];
  if (next) return [forwardId(name, next.name)];
  return hasEnded && error === undefined ? [forwardId(name)] : [];
}

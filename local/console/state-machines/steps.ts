import type { Definition, State } from '../graph/graph-layout';

/** A step that a definition allows: a transition, or a repetition of a task. */
export interface Step {
  readonly id: string;
  readonly kind: 'Next' | 'Choice' | 'Default' | 'Choice or default' | 'End' | 'Catch' | 'Retry';
  readonly from: string;
  /** Undefined at the end. */
  readonly to?: string;
  /** The errors that a catch or retry is for. */
  readonly errors?: readonly string[];
}

/** A `Retry` or `Catch` of a definition. */
interface ErrorRule {
  readonly ErrorEquals: readonly string[];
  readonly Next?: string;
}

/** Every step that the states of a definition can take. Choices that lead to the same state are one step. */
export function stepsIn({ States }: Definition): Step[] {
  return Object.entries(States).flatMap(([from, state]) => [
    ...forward(from, state),
    ...rulesOf(state, 'Retry').map((rule, index): Step => {
      return { id: retryId(from, index), kind: 'Retry', from, to: from, errors: rule.ErrorEquals };
    }),
    ...rulesOf(state, 'Catch').map((rule, index): Step => {
      return { id: catchId(from, index), kind: 'Catch', from, to: rule.Next, errors: rule.ErrorEquals };
    }),
  ]);
}

function forward(from: string, { Next, Default, Choices = [] }: State): Step[] {
  const chosen = new Set(Choices.map((choice) => choice.Next));
  if (chosen.size === 0 && Default === undefined)
    return [{ id: forwardId(from, Next), kind: Next === undefined ? 'End' : 'Next', from, to: Next }];
  const targets = new Set([...chosen, ...(Default === undefined ? [] : [Default])]);
  return [...targets].map((to) => {
    const kind = to !== Default ? 'Choice' : chosen.has(to) ? 'Choice or default' : 'Default';
    return { id: forwardId(from, to), kind, from, to };
  });
}

export const forwardId = (from: string, to?: string) => JSON.stringify(['forward', from, to ?? null]);
export const retryId = (from: string, index: number) => JSON.stringify(['retry', from, index]);
export const catchId = (from: string, index: number) => JSON.stringify(['catch', from, index]);

/**
 * The place of the first rule that is for an error; -1 if none is.
 *
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/concepts-error-handling.html
 */
export function ruleFor(state: State | undefined, member: 'Retry' | 'Catch', error: string): number {
  return rulesOf(state, member).findIndex(({ ErrorEquals }) =>
    ErrorEquals.some((name) => {
      if (name === 'States.TaskFailed') return error !== 'States.Timeout';
      return name === error || name === 'States.ALL';
    }),
  );
}

function rulesOf(state: State | undefined, member: 'Retry' | 'Catch'): readonly ErrorRule[] {
  return (state?.[member] ?? []) as readonly ErrorRule[];
}

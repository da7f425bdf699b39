import type { InterpreterEvent } from '../code/interpreter';
import { branchesOf } from '../code/signposts';

/** How often each state, and each transition, retrier and catcher of it was taken. */
export type Counts = Record<string, number>;

interface State {
  readonly Type: string;
  readonly Next?: string;
  readonly Default?: string;
  readonly Choices?: readonly { readonly Next: string }[];
  readonly Retry?: readonly { readonly ErrorEquals: readonly string[] }[];
  readonly Catch?: readonly { readonly ErrorEquals: readonly string[]; readonly Next: string }[];
  readonly Error?: string;
}

/** A definition in Amazon States Language. */
export interface Definition {
  readonly StartAt: string;
  readonly States: Readonly<Record<string, State>>;
}

/** Counts what the executions of a definition take. */
export class Coverage {
  /** Begins with everything that can be taken, at 0. */
  readonly counts: Counts;

  /** The errors of the states of the type `Fail`. */
  readonly errors: ReadonlySet<string>;

  constructor(private readonly definition: Definition) {
    const errors = Object.values(definition.States).flatMap(({ Error: error }) => error ?? []);
    this.errors = new Set(errors);
    this.counts = Object.fromEntries(
      Object.entries(definition.States)
        .flatMap(taken)
        .map((name) => [name, 0]),
    );
  }

  /** Follows one execution; call the result with each of its events. */
  follow(): (event: InterpreterEvent) => void {
    let previous: string | undefined;
    let lastError = '';
    return ({ type, state, Error: error = '' }) => {
      if (!state) return;
      const { name } = state;
      if (type === 'StateEntered') {
        this.count(name);
        if (previous !== undefined) this.countNext(previous, name);
        previous = name;
      }
      if (type === 'StateFailed') {
        this.countHandler(name, error, 'Retry');
        lastError = error;
      }
      if (type === 'StateCaught') {
        this.countHandler(name, lastError, 'Catch');
        previous = undefined;
      }
    };
  }

  /** A catcher and a signpost count for themselves. */
  private countNext(from: string, to: string): void {
    if (this.definition.States[from]?.Next !== undefined) this.count(transition(from, to));
  }

  private countHandler(state: string, error: string, field: 'Retry' | 'Catch'): void {
    const handlers = this.definition.States[state]?.[field] ?? [];
    const index = handlers.findIndex(({ ErrorEquals }) => matches(ErrorEquals, error));
    if (index >= 0) this.count(`${state}.${field}[${index}]`);
  }

  private count(name: string): void {
    this.counts[name] = (this.counts[name] ?? 0) + 1;
  }
}

function matches(errorEquals: readonly string[], error: string): boolean {
  return errorEquals.some(
    (name) =>
      name === error || name === 'States.ALL' || (name === 'States.TaskFailed' && error !== 'States.Timeout'),
  );
}

/** Everything of a state that can be taken. */
function taken([name, state]: [string, State]): string[] {
  const { Next, Retry = [], Catch = [] } = state;
  return [
    name,
    ...(Next === undefined ? [] : [transition(name, Next)]),
    ...Object.keys(branchesOf(name, state)),
    ...Retry.map((_, index) => `${name}.Retry[${index}]`),
    ...Catch.map((_, index) => `${name}.Catch[${index}]`),
  ];
}

function transition(from: string, to: string): string {
  return `${from} → ${to}`;
}

import type { InterpreterEvent } from '../code/interpreter';

/** How often each state, transition, retrier and catcher was taken. */
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
      if (type === 'StateEntered') {
        this.count(state.name);
        if (previous !== undefined) this.count(transition(previous, state.name));
        previous = state.name;
      }
      if (type === 'StateFailed') {
        this.countHandlers(state.name, error, 'Retry');
        lastError = error;
      }
      if (type === 'StateCaught') this.countHandlers(state.name, lastError, 'Catch');
    };
  }

  private countHandlers(state: string, error: string, field: 'Retry' | 'Catch'): void {
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

function taken([name, { Next, Default, Choices = [], Retry = [], Catch = [] }]: [string, State]): string[] {
  const targets = [
    Next,
    Default,
    ...Choices.map((choice) => choice.Next),
    ...Catch.map((catcher) => catcher.Next),
  ];
  return [
    name,
    ...targets.flatMap((target) => (target === undefined ? [] : [transition(name, target)])),
    ...Retry.map((_, index) => `${name}.Retry[${index}]`),
    ...Catch.map((_, index) => `${name}.Catch[${index}]`),
  ];
}

function transition(from: string, to: string): string {
  return `${from} → ${to}`;
}

import { PUBLISH_STATE, publishState, REMOVE_MARK_STATE, removeMarkState } from './event-states';
import type { State } from './state';

/** The own steps of an application, and which parts of the definition it has. */
export interface DefinitionParts {
  /** In order; `timeout` in s. */
  readonly steps: readonly { readonly name: string; readonly timeout: number }[];
  /** Whether the user is added to a group. */
  readonly addsToGroup: boolean;
  /** Whether an event is published after the record. */
  readonly publishesEvent: boolean;
  /** The time-out of the state machine, in s. */
  readonly timeout: number;
}

interface Definition {
  readonly StartAt: string;
  readonly TimeoutSeconds: number;
  readonly States: Readonly<Record<string, State>>;
}

const GROUP_STATE = 'AddUserToGroup';
const RECORD_STATE = 'PutUserRecord';

/** The names of the states that a definition has, or could have. No own step may have one of them. */
export function stateNames(file: string): string[] {
  return [...Object.keys((JSON.parse(file) as Definition).States), PUBLISH_STATE, REMOVE_MARK_STATE];
}

/**
 * The definition for an application: the file itself, byte for byte, unless the application changes it.
 *
 * Own steps come between the group and the record. After the record, the event is published, and then the mark of
 * the record removed. What is added is retried and caught as the record is.
 */
export function onboardingDefinition(file: string, parts: DefinitionParts): string {
  const { steps, addsToGroup, publishesEvent, timeout } = parts;
  if (steps.length === 0 && addsToGroup && !publishesEvent) return file;
  let definition: Definition = { ...JSON.parse(file), TimeoutSeconds: timeout };
  if (steps.length > 0) definition = withSteps(definition, steps);
  if (publishesEvent) definition = withEvent(definition);
  if (!addsToGroup) definition = withoutGroup(definition);
  return JSON.stringify(definition, undefined, 2);
}

function withSteps(definition: Definition, steps: DefinitionParts['steps']): Definition {
  const record = stateOf(definition, RECORD_STATE);
  const names = steps.map(({ name }) => name);
  const added = steps.map(({ name, timeout }, index) => {
    const next = names[index + 1] ?? RECORD_STATE;
    return [name, stepState(name, timeout, resultsOf(names.slice(0, index)), record, next)] as const;
  });
  const Payload = { ...record.Parameters?.Payload, steps: resultsOf(names) };
  const changed = { ...record, Parameters: { ...record.Parameters, Payload } };
  const begun = redirect(definition, RECORD_STATE, names[0] as string);
  return replaceState(begun, RECORD_STATE, [...added, [RECORD_STATE, changed]]);
}

/** Its result is kept under its name, so that the results of all steps can be passed on together. */
function stepState(name: string, timeout: number, results: object, record: State, Next: string): State {
  return {
    Comment: 'A step of the application. It is idempotent: every retry of the user runs it again.',
    Type: 'Task',
    Resource: 'arn:aws:states:::lambda:invoke',
    Parameters: {
      FunctionName: `\${${name}FunctionArn}`,
      Payload: {
        'confirmedUser.$': '$.confirmedUser',
        'executionArn.$': '$$.Execution.Id',
        steps: results,
      },
    },
    TimeoutSeconds: timeout,
    ResultSelector: { 'result.$': '$.Payload' },
    ResultPath: `$.steps.${name}`,
    // Not after a time-out: a step that used all its time is tried again later, from the retry queue.
    Retry: record.Retry?.map((retrier) => ({
      ...retrier,
      ErrorEquals: retrier.ErrorEquals.filter((error) => error.startsWith('Lambda.')),
    })),
    Catch: record.Catch,
    Next,
  };
}

function resultsOf(names: readonly string[]): Record<string, string> {
  return Object.fromEntries(names.map((name) => [`${name}.$`, `$.steps.${name}.result`]));
}

function withEvent(definition: Definition): Definition {
  const record = stateOf(definition, RECORD_STATE);
  const changed = {
    ...record,
    ResultSelector: { 'result.$': '$.Payload' },
    ResultPath: '$.record',
    Next: PUBLISH_STATE,
  };
  return replaceState(definition, RECORD_STATE, [
    [RECORD_STATE, changed],
    [PUBLISH_STATE, publishState(record)],
    [REMOVE_MARK_STATE, removeMarkState(record)],
  ]);
}

function withoutGroup(definition: Definition): Definition {
  const group = stateOf(definition, GROUP_STATE);
  const begun = redirect(definition, GROUP_STATE, group.Next as string);
  return nullGroup(replaceState(begun, GROUP_STATE, []));
}

/** Nobody is in a group then: what a task would be told of it is null. */
function nullGroup<T>(value: T): T {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(nullGroup) as T;
  const members = Object.entries(value).map(([name, member]) => {
    return name === 'group.$' ? ['group', null] : [name, nullGroup(member)];
  });
  return Object.fromEntries(members);
}

/** Whatever led to a state leads to another one. */
function redirect(definition: Definition, from: string, to: string): Definition {
  const States = Object.entries(definition.States).map(([name, state]) => {
    return [name, state.Next === from ? { ...state, Next: to } : state];
  });
  const StartAt = definition.StartAt === from ? to : definition.StartAt;
  return { ...definition, StartAt, States: Object.fromEntries(States) };
}

/** Puts states in the place of one, so that the definition can be read from top to bottom. */
function replaceState(
  definition: Definition,
  name: string,
  states: readonly (readonly [string, State])[],
): Definition {
  const all = Object.entries(definition.States).flatMap((entry) => (entry[0] === name ? states : [entry]));
  return { ...definition, States: Object.fromEntries(all) };
}

function stateOf({ States }: Definition, name: string): State {
  const state = States[name];
  if (!state) throw new Error(`the definition has no state ${name}`);
  return state;
}

import '../aws/promise-with-resolvers';
import { ExecutionTimeoutError, StateMachine as Interpreter } from 'aws-local-stepfunctions';
import { nameInArn } from '../aws/environment';
import type { RoleSession } from '../iam/role-session';
import { backslashProblem } from './backslashes';
import { substitute } from './definition';
import { assertInterpretable } from './definition-limits';
import type { AbortReason, Execution } from './execution';
import { executionHistory, type InterpreterEvent, packed, type TaskAttempt } from './execution-history';
import { hasPaths, toInterpretable } from './interpretable';
import type { LoggingConfiguration, StateMachineProperties } from './state-machine-properties';
import { type Task, TaskError, type TaskResource, tasksOf } from './tasks/task';
import { evaluateParameters, type TaskScope } from './tasks/task-parameters';
import { taskResourceFor } from './tasks/task-resources';
import { within } from './tasks/task-timeout';

/** What the tasks of an execution have in common. */
interface RunningExecution {
  readonly executionArn: string;
  readonly attempts: TaskAttempt[];
  readonly onChange: () => void;
}

/** A state machine: it interprets its definition and calls the resources of its tasks. */
export class StateMachine {
  readonly name: string;
  readonly type: 'STANDARD' | 'EXPRESS';
  readonly roleArn: string;
  readonly logging: LoggingConfiguration;
  /** In ms since 1970. */
  readonly creationDate = Date.now();
  /** The definition with its substitutions. */
  readonly definition: string;
  private readonly interpreter: Interpreter;
  /** By the names of their states. */
  private readonly tasks: ReadonlyMap<string, Task>;

  /**
   * @param resources the resources that tasks can call, by the `Resource` in their definition.
   * @throws Error if the definition is invalid, or the local cloud cannot interpret it or call its resources.
   */
  constructor(
    readonly stateMachineArn: string,
    properties: StateMachineProperties,
    private readonly resources: Record<string, TaskResource>,
    private readonly role: RoleSession,
  ) {
    this.name = nameInArn(stateMachineArn);
    this.type = properties.StateMachineType ?? 'STANDARD';
    this.roleArn = properties.RoleArn;
    this.logging = properties.LoggingConfiguration ?? {};
    this.definition = substitute(properties);
    const definition = JSON.parse(this.definition);
    assertInterpretable(definition);
    this.tasks = new Map(tasksOf(definition));
    for (const [stateName, { Resource }] of this.tasks) {
      // Without a handler, the interpreter would call AWS.
      if (!taskResourceFor(resources, Resource))
        throw new Error(`state ${stateName}: the local cloud cannot call ${Resource}`);
    }
    assertValid(definition);
    const options = { validationOptions: { noValidate: true } };
    this.interpreter = new Interpreter(toInterpretable(definition) as never, options);
  }

  /** Whether its definition has a state of this name. */
  hasState(name: string): boolean {
    return Object.hasOwn(JSON.parse(this.definition).States, name);
  }

  /**
   * Starts an execution and returns it at once; `ended` settles at its end, and never rejects.
   *
   * @param onChange called after each step of the execution.
   */
  start(
    executionArn: string,
    name: string,
    input: unknown,
    onChange: () => void,
  ): { execution: Execution; ended: Promise<void> } {
    const events: InterpreterEvent[] = [];
    const attempts: TaskAttempt[] = [];
    const startDate = Date.now();
    let reason: AbortReason = {};
    const { result, eventLogs, abort } = this.interpreter.run(input as never, {
      overrides: { taskResourceLocalHandlers: this.handlers({ executionArn, attempts, onChange }) },
      context: {
        Execution: { Id: executionArn, Name: name, RoleArn: this.roleArn },
        StateMachine: { Id: this.stateMachineArn, Name: this.name },
      },
    });
    const execution: Execution = {
      executionArn,
      stateMachineArn: this.stateMachineArn,
      name,
      startDate,
      input,
      status: 'RUNNING',
      history: () => executionHistory(events, attempts),
      abort: (given = {}) => {
        reason = given;
        abort();
      },
    };
    const recorded = record(eventLogs, (event) => {
      const given = event.type === 'ExecutionAborted' && { Error: reason.error, Cause: reason.cause };
      events.push({ ...event, ...given });
      onChange();
    });
    const ended = result
      .then((output) => Object.assign(execution, { status: 'SUCCEEDED', output }))
      .catch((error) => Object.assign(execution, failureOf(error, reason)))
      .then(() => recorded)
      .then(() => {
        // Only the packed history is kept, so that the interpreter can be freed.
        const history = packed(execution.history());
        Object.assign(execution, { stopDate: Date.now(), history, abort: doNothing });
        onChange();
      });
    return { execution, ended };
  }

  /** The interpreter asks for a task's result by the name of its state. */
  private handlers(running: RunningExecution) {
    return Object.fromEntries(
      [...this.tasks].map(([stateName, task]) => {
        const handler = async (input: unknown) => {
          const parameters = hasPaths(task.Parameters)
            ? await evaluateParameters(task.Parameters, input as TaskScope)
            : input;
          const attempt = { stateName, resource: task.Resource, parameters, scheduledAt: Date.now() };
          return within(task.TimeoutSeconds, this.run(attempt, running)) as never;
        };
        return [stateName, handler];
      }),
    );
  }

  private async run(attempt: TaskAttempt, running: RunningExecution): Promise<unknown> {
    const { executionArn, attempts, onChange } = running;
    const { stateMachineArn } = this;
    attempts.push(attempt);
    onChange();
    try {
      const call = taskResourceFor(this.resources, attempt.resource);
      const output = await call?.(attempt.parameters as never, this.role, { executionArn, stateMachineArn });
      const problem = backslashProblem(this.definition, output);
      if (problem) throw new TaskError('States.Runtime', problem);
      attempt.end = { at: Date.now(), output };
      return output;
    } catch (error) {
      const failure = error instanceof TaskError ? error : new TaskError('States.TaskFailed', String(error));
      attempt.end = { at: Date.now(), error: failure.name, cause: failure.message };
      throw failure;
    }
  }
}

/** @throws Error naming the places where a definition breaks the rules of Amazon States Language. */
function assertValid(definition: unknown): void {
  new Interpreter(definition as never);
}

function doNothing(): void {}

async function record(
  source: AsyncGenerator<InterpreterEvent>,
  add: (event: InterpreterEvent) => void,
): Promise<void> {
  for await (const event of source) add(event);
}

function failureOf(error: Error, abortReason: AbortReason): Pick<Execution, 'status' | 'error' | 'cause'> {
  if (error instanceof ExecutionTimeoutError) return { status: 'TIMED_OUT', error: 'States.Timeout' };
  if (error.name === 'ExecutionAbortedError') return { status: 'ABORTED', ...abortReason };
  const reason = error.cause instanceof Error ? error.cause : error;
  return { status: 'FAILED', error: reason.name || undefined, cause: reason.message || undefined };
}

import './promise-with-resolvers';
import { randomUUID } from 'node:crypto';
import { ExecutionTimeoutError, StateMachine, type StateMachineDefinition } from 'aws-local-stepfunctions';
import { AwsError, type AwsService, jsonService } from './aws-api';
import { assertInterpretable } from './definition-limits';
import { arn } from './environment';
import {
  executionHistory,
  type HistoryEvent,
  type InterpreterEvent,
  type TaskAttempt,
} from './execution-history';

/** A state machine as the template describes it. */
export interface StateMachineProperties {
  readonly DefinitionString: string;
  readonly DefinitionSubstitutions?: Record<string, string>;
  readonly StateMachineType?: 'STANDARD' | 'EXPRESS';
  readonly RoleArn: string;
}

/** An error that a task reports to its state machine, as `ErrorEquals` and the console see it. */
export class TaskError extends Error {
  constructor(
    override readonly name: string,
    cause: string,
  ) {
    super(cause);
  }
}

/** What a task's `Resource` does: the parameters in, the result out; it may throw a {@link TaskError}. */
export type TaskResource = (parameters: never) => Promise<unknown>;

/** An execution; its times are in ms since 1970. */
export interface Execution {
  readonly executionArn: string;
  readonly stateMachineArn: string;
  readonly name: string;
  readonly startDate: number;
  readonly input: unknown;
  status: 'RUNNING' | 'SUCCEEDED' | 'FAILED' | 'TIMED_OUT';
  stopDate?: number;
  output?: unknown;
  error?: string;
  cause?: string;
  history(): HistoryEvent[];
}

interface LocalStateMachine {
  readonly stateMachineArn: string;
  readonly type: 'STANDARD' | 'EXPRESS';
  readonly definition: StateMachineDefinition;
  readonly roleArn: string;
}

interface StartInput {
  readonly stateMachineArn: string;
  readonly name?: string;
  readonly input?: string;
}

/** @see https://docs.aws.amazon.com/step-functions/latest/apireference/API_StartSyncExecution.html */
const EXECUTION_NAME = /^[\w.+!@()=' -]{1,80}$/;

const MAX_INPUT_BYTES = 256 * 1024;

/** Step Functions: interprets the definitions of the template and calls what their tasks name. */
export class StepFunctions {
  /** Every execution so far, oldest first. */
  readonly executions: Execution[] = [];
  private readonly stateMachines = new Map<string, LocalStateMachine>();

  /** @param resources what tasks can call, by the `Resource` of their definition. */
  constructor(private readonly resources: Record<string, TaskResource>) {}

  /** @throws Error if the definition is invalid, or beyond what the local cloud can interpret. */
  createStateMachine(stateMachineArn: string, properties: StateMachineProperties): void {
    const definition = JSON.parse(substitute(properties));
    assertInterpretable(definition);
    this.assertKnownResources(definition);
    const type = properties.StateMachineType ?? 'STANDARD';
    this.stateMachines.set(stateMachineArn, {
      stateMachineArn,
      type,
      definition,
      roleArn: properties.RoleArn,
    });
  }

  /** The service's API. */
  readonly service: AwsService = jsonService({
    StartSyncExecution: (input: StartInput) => this.startSyncExecution(input),
    ListStateMachines: () => ({
      stateMachines: [...this.stateMachines.values()].map(({ stateMachineArn, type }) => {
        return { stateMachineArn, name: nameOf(stateMachineArn), type, creationDate: 0 };
      }),
    }),
    DescribeStateMachine: ({ stateMachineArn }: { stateMachineArn: string }) => {
      const { type, definition, roleArn } = this.find(stateMachineArn);
      const name = nameOf(stateMachineArn);
      const status = 'ACTIVE';
      return {
        stateMachineArn,
        name,
        status,
        type,
        roleArn,
        definition: JSON.stringify(definition),
        creationDate: 0,
      };
    },
  });

  private async startSyncExecution({ stateMachineArn, name = randomUUID(), input = '{}' }: StartInput) {
    const stateMachine = this.find(stateMachineArn);
    if (stateMachine.type !== 'EXPRESS') {
      throw new AwsError(
        'StateMachineTypeNotSupported',
        'This operation is not supported by this type of state machine',
      );
    }
    if (!EXECUTION_NAME.test(name)) throw new AwsError('InvalidName', `Invalid Name: '${name}'`);
    const executionArn = `${arn('states', `express:${nameOf(stateMachineArn)}`)}:${name}:${randomUUID()}`;
    const execution = await this.run(stateMachine, executionArn, name, parseInput(input));
    const { status, error, cause, output, startDate, stopDate = startDate } = execution;
    return {
      executionArn,
      stateMachineArn,
      name,
      startDate: startDate / 1000,
      stopDate: stopDate / 1000,
      status,
      ...(error !== undefined && { error, cause }),
      input,
      ...(output !== undefined && { output: JSON.stringify(output) }),
    };
  }

  private async run(
    { definition, stateMachineArn }: LocalStateMachine,
    executionArn: string,
    name: string,
    input: unknown,
  ): Promise<Execution> {
    const events: InterpreterEvent[] = [];
    const attempts: TaskAttempt[] = [];
    const startDate = Date.now();
    const execution: Execution = {
      executionArn,
      stateMachineArn,
      name,
      startDate,
      input,
      status: 'RUNNING',
      history: () => executionHistory(events, attempts),
    };
    this.executions.push(execution);
    const stateMachine = new StateMachine(definition, { validationOptions: { noValidate: true } });
    const { result, eventLogs } = stateMachine.run(input as never, {
      overrides: { taskResourceLocalHandlers: this.taskHandlers(definition, attempts) },
      context: {
        Execution: { Id: executionArn, Name: name, StartTime: new Date(startDate).toISOString() },
        StateMachine: { Id: stateMachineArn, Name: nameOf(stateMachineArn) },
      },
    });
    const recorded = record(eventLogs, events);
    try {
      execution.output = await result;
      execution.status = 'SUCCEEDED';
    } catch (error) {
      Object.assign(execution, failureOf(error));
    }
    await recorded;
    execution.stopDate = Date.now();
    return execution;
  }

  /** The interpreter knows handlers by the name of their state. */
  private taskHandlers(definition: StateMachineDefinition, attempts: TaskAttempt[]) {
    const tasks = Object.entries(definition.States).flatMap(([stateName, state]) => {
      return state.Type === 'Task' ? [[stateName, state.Resource] as const] : [];
    });
    return Object.fromEntries(
      tasks.map(([stateName, resource]) => {
        const handler = async (parameters: unknown) => {
          const attempt: TaskAttempt = { stateName, resource, parameters, scheduledAt: Date.now() };
          attempts.push(attempt);
          try {
            const output = await this.resources[resource]?.(parameters as never);
            attempt.end = { at: Date.now(), output };
            return output as never;
          } catch (error) {
            const failure =
              error instanceof TaskError ? error : new TaskError('States.TaskFailed', String(error));
            attempt.end = { at: Date.now(), error: failure.name, cause: failure.message };
            throw failure;
          }
        };
        return [stateName, handler];
      }),
    );
  }

  private assertKnownResources(definition: StateMachineDefinition): void {
    for (const [stateName, state] of Object.entries(definition.States)) {
      if (state.Type !== 'Task' || state.Resource in this.resources) continue;
      throw new Error(`state ${stateName}: the local cloud cannot call ${state.Resource}`);
    }
  }

  private find(stateMachineArn: string): LocalStateMachine {
    const stateMachine = this.stateMachines.get(stateMachineArn);
    if (stateMachine) return stateMachine;
    throw new AwsError('StateMachineDoesNotExist', `State Machine Does Not Exist: '${stateMachineArn}'`);
  }
}

function substitute({ DefinitionString, DefinitionSubstitutions = {} }: StateMachineProperties): string {
  return DefinitionString.replace(/\$\{(\w+)\}/g, (placeholder, key: string) => {
    const value = DefinitionSubstitutions[key];
    if (value === undefined) throw new Error(`the definition has no substitution for ${placeholder}`);
    return value;
  });
}

function nameOf(stateMachineArn: string): string {
  return stateMachineArn.split(':')[6] ?? '';
}

function parseInput(input: string): unknown {
  if (Buffer.byteLength(input) > MAX_INPUT_BYTES) {
    throw new AwsError('ValidationException', `the input is over the limit of ${MAX_INPUT_BYTES} bytes`);
  }
  try {
    return JSON.parse(input);
  } catch (error) {
    throw new AwsError('InvalidExecutionInput', `Invalid State Machine Execution Input: '${error}'`);
  }
}

async function record(source: AsyncGenerator<InterpreterEvent>, events: InterpreterEvent[]): Promise<void> {
  for await (const event of source) events.push(event);
}

function failureOf(error: unknown): Pick<Execution, 'status' | 'error' | 'cause'> {
  if (error instanceof ExecutionTimeoutError) return { status: 'TIMED_OUT', error: 'States.Timeout' };
  const reason = error instanceof Error && error.cause instanceof Error ? error.cause : (error as Error);
  return { status: 'FAILED', error: reason.name, cause: reason.message };
}

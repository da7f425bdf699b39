import { AwsError, type Input } from '../../local/aws/api';
import { substitute } from '../../local/step-functions/definition';
import { type TaskResource, tasksOf } from '../../local/step-functions/tasks/task';
import { type TaskCalls, taskResources } from '../../local/step-functions/tasks/task-resources';
import type { AppResource } from '../app/app';
import type { Clock } from '../clock/clock';
import type { Random } from '../clock/random';
import type { Interpreter, InterpreterEvent, InterpreterRun } from '../code/interpreter';
import { withSignposts } from '../code/signposts';
import type { Metrics } from './cloudwatch';
import type { Faults } from './faults';
import type { Lambda } from './lambda';
import type { Actions, Network } from './network';

export interface StateMachineProperties {
  readonly DefinitionString: string;
  readonly DefinitionSubstitutions?: Record<string, string>;
  readonly StateMachineType?: 'STANDARD' | 'EXPRESS';
}

/** The end of an execution; without `status`, it still runs. */
export interface Execution {
  readonly machine: string;
  readonly name: string;
  readonly input: Input;
  readonly startedAt: number;
  status?: 'SUCCEEDED' | 'FAILED' | 'TIMED_OUT' | 'ABORTED';
  output?: unknown;
  error?: string;
  cause?: string;
}

/** What happens to executions, for those who want to know. */
export interface ExecutionObserver {
  readonly started: (execution: Execution) => void;
  readonly event: (execution: Execution, event: InterpreterEvent) => void;
  readonly ended: (execution: Execution) => void;
}

/** What Step Functions needs of the world. */
export interface StepFunctionsOptions {
  readonly machines: readonly AppResource<StateMachineProperties>[];
  readonly interpreter: Interpreter;
  readonly clock: Clock;
  readonly random: Random;
  readonly network: Network;
  readonly faults: Faults;
  readonly lambda: Lambda;
  readonly metrics: Metrics;
  readonly observer: ExecutionObserver;
}

/** The role of every state machine: the simulation does not look at permissions. */
const ROLE = { roleArn: '', roleName: '', sessionName: '', accessKeyId: '', may: () => true };

/** How long an Express execution may take, in ms. */
const EXPRESS_TIME_LIMIT = 300_000;

/** Step Functions: the definitions of the template, in the interpreter. */
export class StepFunctions {
  private readonly machines: readonly Machine[];
  private readonly running = new Map<Execution, InterpreterRun>();

  constructor(private readonly options: StepFunctionsOptions) {
    const { lambda, network, random } = options;
    const calls: TaskCalls = {
      invokeFunction: (_, name, payload) => lambda.invokeFunction(name, payload),
      sendMessage: (_, parameters) => network.call('sqs', 'SendMessage', { ...parameters }),
      startExecution: (_, parameters) => network.call('states', 'StartExecution', parameters),
      putEvents: (_, parameters) => network.call('events', 'PutEvents', parameters),
      updateItem: (_, parameters) => network.call('dynamodb', 'UpdateItem', parameters),
    };
    const resources = taskResources(calls, random.uuid);
    this.machines = options.machines.map((resource) => new Machine(resource, options.interpreter, resources));
  }

  readonly actions: Actions = {
    StartSyncExecution: (input) => this.startSyncExecution(input),
    StartExecution: (input) => {
      // Neither the schedule nor the definition gives a name, with which a second execution would be none.
      if (input.name !== undefined) throw new Error('there is no model of StartExecution with a name');
      const { execution } = this.start(this.find(input), input);
      return { executionArn: execution.name, startDate: execution.startedAt / 1000 };
    },
  };

  /** Ends the executions of a state machine that run. */
  stop(arn: string): void {
    for (const [execution, { abort }] of this.running) if (execution.machine === arn) abort();
  }

  private async startSyncExecution(input: Input) {
    const { faults, random, clock } = this.options;
    const { execution, ended } = this.start(this.find(input), input);
    if (faults.strike('halted execution')) {
      await Promise.race([ended, clock.sleep(random.integer(1, 1_000))]);
      this.running.get(execution)?.abort();
      throw new AwsError('InternalServerException', 'the execution was halted (a fault)', 500);
    }
    await Promise.race([ended, clock.sleep(EXPRESS_TIME_LIMIT)]);
    // No app can reach this: its time budget ends an execution with its definition's TimeoutSeconds before.
    if (!execution.status) throw new Error('there is no model of an Express execution of more than 300 s');
    const { name, machine, startedAt, status, output, error, cause } = execution;
    return {
      executionArn: name,
      stateMachineArn: machine,
      name,
      startDate: startedAt / 1000,
      stopDate: clock.now() / 1000,
      status,
      ...(status === 'SUCCEEDED' && { output: JSON.stringify(output) }),
      error,
      cause,
    };
  }

  private start(machine: Machine, { name, input }: Input): { execution: Execution; ended: Promise<void> } {
    const { observer, random, metrics, clock } = this.options;
    const execution: Execution = {
      machine: machine.arn,
      name: String(name ?? random.uuid()),
      input: JSON.parse(String(input ?? '{}')),
      startedAt: clock.now(),
    };
    observer.started(execution);
    const run = machine.run(execution);
    this.running.set(execution, run);
    const watched = watch(run.eventLogs, (event) => observer.event(execution, event));
    const ended = Promise.all([run.result.then(succeeded, failed), watched]).then(([end]) => {
      this.running.delete(execution);
      Object.assign(execution, end);
      if (end.status !== 'SUCCEEDED')
        metrics.add('AWS/States', METRICS[end.status], { StateMachineArn: machine.arn }, 1);
      observer.ended(execution);
    });
    return { execution, ended };
  }

  private find({ stateMachineArn }: Input): Machine {
    const machine = this.machines.find(({ arn }) => arn === stateMachineArn);
    if (!machine) throw new AwsError('StateMachineDoesNotExist', `there is no ${stateMachineArn}`);
    return machine;
  }
}

const METRICS = { FAILED: 'ExecutionsFailed', TIMED_OUT: 'ExecutionsTimedOut', ABORTED: 'ExecutionsAborted' };

/** A state machine of the template. */
class Machine {
  readonly arn: string;
  private readonly machine;
  private readonly tasks: readonly (readonly [state: string, resource: TaskResource])[];

  constructor(
    { arn, properties }: AppResource<StateMachineProperties>,
    interpreter: Interpreter,
    resources: ReturnType<typeof taskResources>,
  ) {
    this.arn = arn;
    const definition = JSON.parse(substitute(properties));
    this.machine = new interpreter.StateMachine(withSignposts(definition), {
      validationOptions: { noValidate: true },
    });
    this.tasks = tasksOf(definition).map(([state, { Resource }]) => {
      const resource = resources[Resource];
      if (!resource) throw new Error(`state ${state}: there is no model of ${Resource}`);
      return [state, resource] as const;
    });
  }

  run({ name, input }: Execution): InterpreterRun {
    const context = { executionArn: name, stateMachineArn: this.arn };
    const handlers = this.tasks.map(([state, resource]) => [
      state,
      (parameters: unknown) => resource(parameters as never, ROLE, context),
    ]);
    return this.machine.run(input, {
      overrides: { taskResourceLocalHandlers: Object.fromEntries(handlers) },
      context: { Execution: { Id: name, Name: name }, StateMachine: { Id: this.arn } },
    });
  }
}

async function watch(
  events: AsyncIterable<InterpreterEvent>,
  see: (event: InterpreterEvent) => void,
): Promise<void> {
  for await (const event of events) see(event);
}

function succeeded(output: unknown) {
  return { status: 'SUCCEEDED' as const, output };
}

function failed({ name, message, cause }: Error) {
  if (name === 'ExecutionTimeoutError') return { status: 'TIMED_OUT' as const, error: 'States.Timeout' };
  if (name === 'ExecutionAbortedError') return { status: 'ABORTED' as const };
  const reason = cause instanceof Object ? (cause as Error) : { name, message };
  return { status: 'FAILED' as const, error: reason.name, cause: reason.message };
}

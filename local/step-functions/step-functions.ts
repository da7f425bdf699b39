import { isDeepStrictEqual } from 'node:util';
import { AwsError, type AwsService, type Input, jsonResponse, violation } from '../aws/api';
import type { RoleSession } from '../iam/role-session';
import { assertArn } from './arns';
import { backslashProblem } from './backslashes';
import {
  describeExecution,
  describeStateMachine,
  describeSyncExecution,
  executionItem,
  stateMachineItem,
} from './descriptions';
import type { AbortReason, Execution } from './execution';
import { executionArnOf, executionInputOf, executionNameOf } from './execution-request';
import { Executions } from './executions';
import { historyPage } from './history-page';
import { assertMayLog } from './log-delivery';
import { pageOf } from './pagination';
import { StateMachine } from './state-machine';
import type { StateMachineProperties } from './state-machine-properties';
import { assertKnownParameters } from './tasks/known-parameters';
import type { TaskResource } from './tasks/task';
import { tasksOf } from './tasks/task';

const STATUSES = ['RUNNING', 'SUCCEEDED', 'FAILED', 'TIMED_OUT', 'ABORTED', 'PENDING_REDRIVE'];
const REDRIVE_FILTERS = ['REDRIVEN', 'NOT_REDRIVEN'];

/** Step Functions: runs the state machines of the template. */
export class StepFunctions implements AwsService {
  readonly prefix = 'states';
  private readonly history = new Executions();
  private readonly byArn = new Map<string, StateMachine>();
  private readonly performers: Record<string, (input: Input) => unknown> = {
    StartSyncExecution: (input) => this.startSyncExecution(input),
    StartExecution: (input) => this.startExecution(input),
    StopExecution: (input) => this.stopExecution(input),
    DescribeExecution: (input) => describeExecution(this.findExecutionOf(input), includesData(input)),
    GetExecutionHistory: (input) => this.getExecutionHistory(input),
    ListExecutions: (input) => this.listExecutions(input),
    ListStateMachines: (input) => this.listStateMachines(input),
    DescribeStateMachine: (input) => describeStateMachine(this.find(input), includesData(input)),
  };
  readonly actions = Object.keys(this.performers);

  /**
   * @param resources the resources that tasks can call, by the `Resource` in their definition.
   * @param onChange called after each step of an execution.
   */
  constructor(
    private readonly resources: Record<string, TaskResource>,
    private readonly onChange: () => void,
  ) {}

  /** All executions, oldest first. Only the newest ended Express executions are kept. */
  get executions(): readonly Execution[] {
    return this.history.list();
  }

  get stateMachines(): readonly StateMachine[] {
    return [...this.byArn.values()];
  }

  /** An execution of either type. */
  findExecution(executionArn: string): Execution | undefined {
    return this.history.find(executionArn);
  }

  /** How many executions of a state machine were started, with those that are not kept any more. */
  startedExecutions(stateMachineArn: string): number {
    return this.history.startedBy(stateMachineArn);
  }

  readonly call: AwsService['call'] = async ({ action, input }) => {
    return jsonResponse(await this.performers[action]?.(input));
  };

  /** @throws Error if the definition is invalid, or the local cloud cannot run it or call its resources. */
  createStateMachine(stateMachineArn: string, properties: StateMachineProperties, role: RoleSession): void {
    assertMayLog(stateMachineArn, properties, role);
    const stateMachine = new StateMachine(stateMachineArn, properties, this.resources, role);
    for (const [stateName, task] of tasksOf(JSON.parse(stateMachine.definition)))
      assertKnownParameters(stateName, task);
    this.byArn.set(stateMachineArn, stateMachine);
  }

  deleteStateMachine(stateMachineArn: string): void {
    this.byArn.delete(stateMachineArn);
  }

  /** Starts an execution and does not wait for it. */
  startExecution(input: Input) {
    const stateMachine = this.find(input);
    const name = executionNameOf(input);
    const parsedInput = executionInputOf(input);
    const executionArn = executionArnOf(stateMachine, name);
    const existing = this.history.find(executionArn);
    // A repeated call gets the same answer while its execution runs.
    if (existing && !(existing.status === 'RUNNING' && isDeepStrictEqual(existing.input, parsedInput)))
      throw new AwsError('ExecutionAlreadyExists', `Execution Already Exists: '${executionArn}'`);
    const execution = existing ?? this.run(stateMachine, executionArn, name, parsedInput).execution;
    return { executionArn: execution.executionArn, startDate: execution.startDate / 1000 };
  }

  /** Ends the executions that still run. */
  close(): void {
    for (const execution of this.executions) if (execution.status === 'RUNNING') execution.abort();
  }

  private async startSyncExecution(input: Input) {
    const stateMachine = this.find(input);
    assertType(stateMachine, 'EXPRESS');
    const name = executionNameOf(input);
    const executionArn = executionArnOf(stateMachine, name);
    const { execution, ended } = this.run(stateMachine, executionArn, name, executionInputOf(input));
    await ended;
    return describeSyncExecution(execution, includesData(input));
  }

  private run(stateMachine: StateMachine, executionArn: string, name: string, input: unknown) {
    const problem = backslashProblem(stateMachine.definition, input);
    if (problem) throw new AwsError('InvalidExecutionInput', problem);
    const started = stateMachine.start(executionArn, name, input, this.onChange);
    this.history.add(started.execution, stateMachine.type === 'EXPRESS' ? started.ended : undefined);
    return started;
  }

  private stopExecution(input: Input) {
    const execution = this.findExecutionOf(input);
    const { error, cause } = input as AbortReason;
    if (execution.status === 'RUNNING') execution.abort({ error, cause });
    return { stopDate: Date.now() / 1000 };
  }

  private getExecutionHistory(input: Input) {
    const execution = this.findExecutionOf(input);
    const roleArn = this.byArn.get(execution.stateMachineArn)?.roleArn ?? '';
    return historyPage(execution.history(), roleArn, input);
  }

  private listStateMachines(input: Input) {
    const sorted = this.stateMachines.toSorted((a, b) => (a.name < b.name ? -1 : 1));
    const { items, next } = pageOf(sorted, input, ({ name }) => name);
    return { stateMachines: items.map(stateMachineItem), ...next };
  }

  private listExecutions({ stateMachineArn, statusFilter, redriveFilter, ...paging }: Input) {
    const stateMachine = this.find({ stateMachineArn });
    assertType(stateMachine, 'STANDARD');
    assertOneOf('statusFilter', statusFilter, STATUSES);
    assertOneOf('redriveFilter', redriveFilter, REDRIVE_FILTERS);
    const executions = this.executions.filter((execution) => {
      const matches = statusFilter === undefined || execution.status === statusFilter;
      return matches && execution.stateMachineArn === stateMachine.stateMachineArn;
    });
    // Here, no execution is redriven.
    const listed = redriveFilter === 'REDRIVEN' ? [] : executions.toReversed();
    const { items, next } = pageOf(listed, paging, ({ executionArn }) => executionArn);
    return { executions: items.map(executionItem), ...next };
  }

  private find({ stateMachineArn }: Input): StateMachine {
    assertArn(stateMachineArn, 'stateMachine');
    const stateMachine = this.byArn.get(String(stateMachineArn));
    if (stateMachine) return stateMachine;
    throw new AwsError('StateMachineDoesNotExist', `State Machine Does Not Exist: '${stateMachineArn}'`);
  }

  private findExecutionOf({ executionArn }: Input): Execution {
    assertArn(executionArn, 'execution');
    const execution = this.history.find(String(executionArn));
    if (execution) return execution;
    throw new AwsError('ExecutionDoesNotExist', `Execution Does Not Exist: '${executionArn}'`);
  }
}

/** @throws AwsError ValidationException for a value that Step Functions does not have. */
function includesData({ includedData = 'ALL_DATA' }: Input): boolean {
  assertOneOf('includedData', includedData, ['ALL_DATA', 'METADATA_ONLY']);
  return includedData === 'ALL_DATA';
}

function assertType({ type }: StateMachine, supported: StateMachine['type']): void {
  if (type === supported) return;
  throw new AwsError(
    'StateMachineTypeNotSupported',
    'This operation is not supported by this type of state machine',
  );
}

function assertOneOf(member: string, value: unknown, allowed: readonly string[]): void {
  if (value === undefined || allowed.includes(String(value))) return;
  const constraint = `Member must satisfy enum value set: [${allowed.join(', ')}]`;
  throw violation('ValidationException', member, constraint);
}

import type { Execution } from './execution';
import type { StateMachine } from './state-machine';

/** A state machine as the lists of the API show it. */
export function stateMachineItem({ stateMachineArn, name, type, creationDate }: StateMachine) {
  return { stateMachineArn, name, type, creationDate: creationDate / 1000 };
}

/** A state machine as DescribeStateMachine shows it; without data, its definition is an empty object. */
export function describeStateMachine(stateMachine: StateMachine, includesData: boolean) {
  const { roleArn } = stateMachine;
  const definition = includesData ? stateMachine.definition : '{}';
  return { ...stateMachineItem(stateMachine), status: 'ACTIVE', roleArn, definition };
}

/** An execution as ListExecutions shows it. */
export function executionItem(execution: Execution) {
  return { ...metadataOf(execution), redriveCount: 0 };
}

/** An execution as DescribeExecution shows it. Here, none can be redriven. */
export function describeExecution(execution: Execution, includesData: boolean) {
  return {
    ...executionItem(execution),
    redriveStatus: 'NOT_REDRIVABLE',
    ...dataOf(execution, includesData),
  };
}

/** The end of an execution as StartSyncExecution shows it. */
export function describeSyncExecution(execution: Execution, includesData: boolean) {
  const { startDate, stopDate = startDate } = execution;
  const billingDetails = {
    billedDurationInMilliseconds: billed(stopDate - startDate),
    billedMemoryUsedInMB: 64,
  };
  return { ...metadataOf(execution), ...dataOf(execution, includesData), billingDetails };
}

function metadataOf({ executionArn, stateMachineArn, name, status, startDate, stopDate }: Execution) {
  return {
    executionArn,
    stateMachineArn,
    name,
    status,
    startDate: startDate / 1000,
    ...(stopDate !== undefined && { stopDate: stopDate / 1000 }),
  };
}

/** Of encrypted executions, AWS shows no more than the metadata to those who may not decrypt them. */
function dataOf({ input, output, error, cause }: Execution, includesData: boolean) {
  if (!includesData) return { inputDetails: { included: false }, outputDetails: { included: false } };
  return {
    input: JSON.stringify(input),
    inputDetails: { included: true },
    ...(output !== undefined && { output: JSON.stringify(output), outputDetails: { included: true } }),
    ...(error !== undefined && { error }),
    ...(cause !== undefined && { cause }),
  };
}

/** AWS bills Express executions by 100 ms. */
function billed(duration: number): number {
  return Math.max(1, Math.ceil(duration / 100)) * 100;
}

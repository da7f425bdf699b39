import type { Execution } from '../../step-functions/execution';
import type { ExecutionFilter } from './execution-list';

/** The page of an execution. */
export function hrefOf({ executionArn }: Pick<Execution, 'executionArn'>): string {
  return `/console/executions/${encodeURIComponent(executionArn)}`;
}

/** The page of a state machine. */
export function stateMachineHref(name: string): string {
  return `/console/state-machines/${encodeURIComponent(name)}`;
}

/** The list of executions with a filter. */
export function listHref(filter: Partial<ExecutionFilter>): string {
  const { page = 1, ...rest } = filter;
  const query = Object.entries({ ...rest, ...(page > 1 && { page: String(page) }) }).filter(
    ([, value]) => value,
  );
  return query.length > 0 ? `/console?${new URLSearchParams(query as [string, string][])}` : '/console';
}

/** The executions of one user. */
export function executionsOfUserHref(sub: string): string {
  return listHref({ search: sub });
}

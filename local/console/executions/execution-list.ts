import { nameInArn } from '../../aws/environment';
import type { Execution } from '../../step-functions/execution';
import type { Directory } from '../shared/directory';
import { numberedPage } from '../shared/numbered-page';

export const PAGE_SIZE = 25;

/** What the list of executions is filtered by; an empty text does not filter. */
export interface ExecutionFilter {
  readonly status: string;
  /** The name of a state machine. */
  readonly machine: string;
  /** Part of a name, a `sub`, a username or an e-mail address. */
  readonly search: string;
  /** From 1. */
  readonly page: number;
}

export interface ExecutionPage {
  readonly executions: readonly Execution[];
  /** How many there are on all pages. */
  readonly total: number;
  /** From 1 to `pages`. */
  readonly page: number;
  readonly pages: number;
}

/** One page of the executions that match the filter, newest first. */
export function executionPage(
  all: readonly Execution[],
  { status, machine, search, page }: ExecutionFilter,
  directory: Directory,
): ExecutionPage {
  const wanted = search.toLowerCase();
  const executions = all.filter((execution) => {
    if (status && execution.status !== status) return false;
    if (machine && machineNameOf(execution) !== machine) return false;
    return !wanted || searchText(execution, directory).includes(wanted);
  });
  const { items, ...numbers } = numberedPage(executions.reverse(), page, PAGE_SIZE);
  return { executions: items, total: executions.length, ...numbers };
}

function searchText(execution: Execution, directory: Directory): string {
  const { sub = '', username = '' } = userOf(execution) ?? {};
  return [execution.name, sub, username, directory.get(sub) ?? ''].join('\n').toLowerCase();
}

export function machineNameOf({ stateMachineArn }: Execution): string {
  return nameInArn(stateMachineArn);
}

/** The user that an execution onboards. */
interface ExecutionUser {
  readonly sub: string;
  readonly username: string;
}

/** The confirmed user in an execution's input, if there is one. */
export function userOf({ input }: Pick<Execution, 'input'>): ExecutionUser | undefined {
  const { confirmedUser } = Object(input) as { confirmedUser?: unknown };
  const { sub, username = sub } = Object(confirmedUser) as { sub?: unknown; username?: unknown };
  return typeof sub === 'string' ? { sub, username: String(username) } : undefined;
}

/** How many executions of a state machine are in each status. */
export function statusCounts(all: readonly Execution[], stateMachineArn: string): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const execution of all) {
    if (execution.stateMachineArn !== stateMachineArn) continue;
    counts[execution.status] = (counts[execution.status] ?? 0) + 1;
  }
  return counts;
}

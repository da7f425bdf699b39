import type { Execution } from '../../step-functions/execution';
import { type StateResult, stateResults } from '../graph/state-results';
import { userOf } from './execution-list';

/** The executions of each user, oldest first, by their `sub`. */
export function executionsByUser(all: readonly Execution[]): Map<string, Execution[]> {
  const byUser = new Map<string, Execution[]>();
  for (const execution of all) {
    const { sub } = userOf(execution) ?? {};
    if (sub === undefined) continue;
    const executions = byUser.get(sub);
    if (executions) executions.push(execution);
    else byUser.set(sub, [execution]);
  }
  return byUser;
}

/** The state whose error made an execution fail, even if the error was caught. */
export function failedState(execution: Execution): StateResult | undefined {
  const results = [...stateResults(execution, execution.history()).values()];
  return (
    results.find(({ outcome }) => outcome === 'caught') ?? results.find(({ outcome }) => outcome === 'failed')
  );
}

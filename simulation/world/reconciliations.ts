import type { Execution } from '../models/step-functions';
import type { OnboardingPromise } from '../promise/promise';
import type { Begin, ReconciliationCounts } from '../promise/reconciliation-rules';

interface Input {
  readonly AWS_STEP_FUNCTIONS_STARTED_BY_EXECUTION_ID?: string;
}

interface Output extends ReconciliationCounts {
  readonly paginationToken?: string;
}

/** Follows reconciliations, which may take several executions. */
export class Reconciliations {
  /** What was so when the first execution of each reconciliation started, by the name of each execution. */
  private readonly begins = new Map<string, Begin>();

  /** @param machine the ARN of the state machine. */
  constructor(private readonly machine: string) {}

  isOne({ machine }: Execution): boolean {
    return machine === this.machine;
  }

  started({ name, input }: Execution, { reconciliations }: OnboardingPromise): void {
    const { AWS_STEP_FUNCTIONS_STARTED_BY_EXECUTION_ID: before = '' } = input as Input;
    this.begins.set(name, this.begins.get(before) ?? reconciliations.begin(input));
    reconciliations.executionStarted(input);
  }

  /** @returns what has come to its end, if the whole user pool was seen. */
  ended(execution: Execution, promise: OnboardingPromise): 'reconciliations' | 'dry runs' | undefined {
    const { name, input, status, error } = execution;
    promise.reconciliations.executionEnded(input);
    if (status !== 'SUCCEEDED') promise.reconciliationFailed();
    const hasTriggerFailed = error === 'TriggerFailed';
    const begin = this.begins.get(name);
    if (!begin || !(hasTriggerFailed || isLastPage(execution))) return undefined;
    const counts = hasTriggerFailed ? undefined : (execution.output as Output);
    promise.reconciliations.ended(begin, !hasTriggerFailed, counts);
    return begin.input.dryRun ? 'dry runs' : 'reconciliations';
  }
}

function isLastPage({ status, output }: Execution): boolean {
  if (status !== 'SUCCEEDED') return false;
  const { paginationToken, eligible } = output as Partial<Output>;
  return eligible !== undefined && paginationToken === undefined;
}

import type { Execution } from '../models/step-functions';
import type { OnboardingPromise } from '../promise/promise';
import type { Begin } from '../promise/promised-world';

interface Progress {
  readonly paginationToken?: string;
  readonly dryRun?: boolean;
  readonly eligible?: number;
  readonly AWS_STEP_FUNCTIONS_STARTED_BY_EXECUTION_ID?: string;
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

  started({ machine, name, input }: Execution, promise: OnboardingPromise): void {
    if (machine !== this.machine) return;
    const { AWS_STEP_FUNCTIONS_STARTED_BY_EXECUTION_ID: before = '' } = input as Progress;
    this.begins.set(name, this.begins.get(before) ?? promise.reconciliationBegins());
  }

  /** Whether a reconciliation saw every page, but could not check the trigger or set it again. */
  hasTriggerFailed({ error }: Execution): boolean {
    return error === 'TriggerFailed';
  }

  /** The begin of a reconciliation that now has seen the whole user pool. */
  completed(execution: Execution): Begin | undefined {
    if (!this.isOne(execution) || (execution.input as Progress).dryRun) return undefined;
    const isEnd = this.hasTriggerFailed(execution) || isLastPage(execution);
    return isEnd ? this.begins.get(execution.name) : undefined;
  }
}

function isLastPage({ status, output }: Execution): boolean {
  if (status !== 'SUCCEEDED') return false;
  const { paginationToken, eligible } = output as Progress;
  return eligible !== undefined && paginationToken === undefined;
}

import type { Execution } from '../models/step-functions';
import type { Begin, OnboardingPromise } from '../promise/promise';

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

  /** The begin of a reconciliation that now has seen the whole user pool. */
  completed({ machine, name, status, output }: Execution): Begin | undefined {
    if (machine !== this.machine || status !== 'SUCCEEDED') return undefined;
    const { paginationToken, dryRun, eligible } = output as Progress;
    const isEnd = eligible !== undefined && paginationToken === undefined && !dryRun;
    return isEnd ? this.begins.get(name) : undefined;
  }
}

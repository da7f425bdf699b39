import type { Execution } from '../models/step-functions';

interface Progress {
  readonly paginationToken?: string;
  readonly dryRun?: boolean;
  readonly AWS_STEP_FUNCTIONS_STARTED_BY_EXECUTION_ID?: string;
}

/** Follows reconciliations, which may take several executions. */
export class Reconciliations {
  /** When the first execution of each reconciliation started, in ms since 1970, by the name of each execution. */
  private readonly starts = new Map<string, number>();

  /** @param machine the ARN of the state machine. */
  constructor(private readonly machine: string) {}

  started({ machine, name, input, startedAt }: Execution): void {
    if (machine !== this.machine) return;
    const { AWS_STEP_FUNCTIONS_STARTED_BY_EXECUTION_ID: before = '' } = input as Progress;
    this.starts.set(name, this.starts.get(before) ?? startedAt);
  }

  /** When a reconciliation began that now has seen the whole user pool. */
  completed({ machine, name, status, output }: Execution): number | undefined {
    if (machine !== this.machine || status !== 'SUCCEEDED') return undefined;
    const { paginationToken, dryRun, eligible } = output as Progress & { eligible?: number };
    const isEnd = eligible !== undefined && paginationToken === undefined && !dryRun;
    return isEnd ? this.starts.get(name) : undefined;
  }
}

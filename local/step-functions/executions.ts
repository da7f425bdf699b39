import type { Execution } from './execution';

/** Each needs about 2 kB. */
const KEPT_EXPRESS_EXECUTIONS = 5_000;

/**
 * The executions of all state machines, oldest first.
 *
 * AWS keeps Express executions only in their logs. Here the newest ended ones are kept, too.
 */
export class Executions {
  private readonly byArn = new Map<string, Execution>();
  private readonly endedExpress = new Set<string>();
  /** By the ARN of their state machine. */
  private readonly started = new Map<string, number>();

  /** @param kept the number of ended Express executions to keep. */
  constructor(private readonly kept = KEPT_EXPRESS_EXECUTIONS) {}

  /** @param ended settles at the end of an Express execution, and never rejects. */
  add(execution: Execution, ended?: Promise<void>): void {
    const { executionArn, stateMachineArn } = execution;
    this.byArn.set(executionArn, execution);
    this.started.set(stateMachineArn, this.startedBy(stateMachineArn) + 1);
    void ended?.then(() => this.forgetBeyond(execution.executionArn));
  }

  find(executionArn: string): Execution | undefined {
    return this.byArn.get(executionArn);
  }

  /** How many executions of a state machine were added, with those that are forgotten. */
  startedBy(stateMachineArn: string): number {
    return this.started.get(stateMachineArn) ?? 0;
  }

  list(): Execution[] {
    return [...this.byArn.values()];
  }

  private forgetBeyond(executionArn: string): void {
    this.endedExpress.add(executionArn);
    if (this.endedExpress.size <= this.kept) return;
    const [oldest = ''] = this.endedExpress;
    this.endedExpress.delete(oldest);
    this.byArn.delete(oldest);
  }
}

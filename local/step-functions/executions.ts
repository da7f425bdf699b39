import type { Execution } from './state-machine';

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

  /** @param kept the number of ended Express executions to keep. */
  constructor(private readonly kept = KEPT_EXPRESS_EXECUTIONS) {}

  /** @param ended settles at the end of an Express execution, and never rejects. */
  add(execution: Execution, ended?: Promise<void>): void {
    this.byArn.set(execution.executionArn, execution);
    void ended?.then(() => this.forgetBeyond(execution.executionArn));
  }

  find(executionArn: string): Execution | undefined {
    return this.byArn.get(executionArn);
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

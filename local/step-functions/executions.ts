import type { Execution } from './state-machine';

/** Some 2 kB each. */
const KEPT_EXPRESS_EXECUTIONS = 5_000;

/**
 * The executions of all state machines, oldest first.
 *
 * AWS keeps Express executions nowhere but in their logs; here the newest that have ended are kept.
 */
export class Executions {
  private readonly byArn = new Map<string, Execution>();
  private readonly endedExpress = new Set<string>();

  /** @param kept how many Express executions that have ended are kept. */
  constructor(private readonly kept = KEPT_EXPRESS_EXECUTIONS) {}

  /** @param ended settles with the end of an Express execution, and never fails. */
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

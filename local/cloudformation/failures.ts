/** What stands in the way of a deployment: all of it, so that nobody has to start again for each. */
export class Failures {
  private readonly errors: Error[] = [];

  add(error: unknown): void {
    const added = error instanceof Error ? error : new Error(String(error));
    if (!this.errors.some(({ message }) => message === added.message)) this.errors.push(added);
  }

  get count(): number {
    return this.errors.length;
  }

  /** The error itself if there is one, or else one with all messages. */
  toError(): Error {
    const [first, ...others] = this.errors;
    if (first && others.length === 0) return first;
    const lines = this.errors.map(({ message }) => `  - ${message}`);
    return new Error(`${lines.length} things stand in the way:\n${lines.join('\n')}`);
  }
}

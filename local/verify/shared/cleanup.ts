/** What a verification has made, and how to delete it. */
export class Cleanup {
  private readonly steps: { readonly what: string; readonly undo: () => Promise<void> }[] = [];

  /** Takes note of something to undo; what was made last is undone first. */
  add(what: string, undo: () => Promise<void>): void {
    this.steps.push({ what, undo });
  }

  /**
   * Undoes everything. A step that fails does not keep the others from being done.
   *
   * @returns what was undone.
   * @throws Error naming everything that is left behind, and why.
   */
  async run(): Promise<string[]> {
    const [done, left]: [string[], string[]] = [[], []];
    for (let step = this.steps.pop(); step; step = this.steps.pop()) {
      try {
        await step.undo();
        done.push(step.what);
      } catch (error) {
        left.push(`${step.what} (${(error as Error).message})`);
      }
    }
    if (left.length > 0) throw new Error(`left behind: ${left.join('; ')}`);
    return done;
  }
}

/** The time of the local cloud: the machine's, moved forward as a person asks. */
export class Clock {
  private offset = 0;

  /** In ms since 1970. */
  readonly now = (): number => Date.now() + this.offset;

  /** @param ms how far to move it forward. */
  advance(ms: number): void {
    this.offset += ms;
  }
}

/** A list that keeps only its newest entries. */
export class Newest<T> {
  /** How many entries were added, with those that are not kept any more. */
  added = 0;
  private readonly kept: T[] = [];

  /** @param most how many entries are kept. */
  constructor(private readonly most: number) {}

  add(entry: T): void {
    this.added += 1;
    this.kept.push(entry);
    if (this.kept.length > this.most) this.kept.shift();
  }

  /** The entries that are kept, oldest first. */
  list(): readonly T[] {
    return this.kept;
  }
}

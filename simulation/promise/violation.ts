/** A rule of the promise that a world has broken. */
export interface Violation {
  /** The rule in words; it is the same for every user. */
  readonly rule: string;
  /** The number of the user in their schedule, if the rule is about one user. */
  readonly user?: number;
  readonly details?: string;
  /** In ms since 1970. */
  readonly at: number;
}

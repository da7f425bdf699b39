import type { Clock } from '../clock/clock';
import type { Random } from '../clock/random';
import type { Fault, FaultKind } from '../schedule/fault';

/** Decides which call is struck by which fault. */
export class Faults {
  private readonly start: number;

  constructor(
    private readonly faults: readonly Fault[],
    private readonly clock: Clock,
    private readonly random: Random,
  ) {
    this.start = clock.now();
  }

  /** The fault that strikes now, if one does. */
  strike(kind: FaultKind, on?: string): Fault | undefined {
    const time = this.clock.now() - this.start;
    return this.faults.find(
      (fault) =>
        fault.kind === kind &&
        fault.from <= time &&
        time < fault.until &&
        matches(fault.on, on) &&
        this.random.chance(fault.probability),
    );
  }

  /** Whether a fault of one of the kinds could strike at some time since then, in ms since 1970. */
  wereActive(kinds: readonly FaultKind[], on: string, since: number): boolean {
    return this.activeSince(kinds, on, since).length > 0;
  }

  /** The longest time of the faults of a kind that could strike since then, in ms; 0 without any. */
  longestTime(kind: FaultKind, on: string, since: number): number {
    return Math.max(0, ...this.activeSince([kind], on, since).map(({ time = 0 }) => time));
  }

  private activeSince(kinds: readonly FaultKind[], on: string, since: number): readonly Fault[] {
    const [from, until] = [since - this.start, this.clock.now() - this.start];
    return this.faults.filter(
      (fault) =>
        kinds.includes(fault.kind) && fault.from <= until && from < fault.until && matches(fault.on, on),
    );
  }
}

function matches(pattern: string | undefined, on: string | undefined): boolean {
  if (pattern === undefined || on === undefined || pattern === on) return true;
  return pattern.endsWith(':*') && on.startsWith(pattern.slice(0, -1));
}

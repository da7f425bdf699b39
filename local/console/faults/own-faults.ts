import { isDeepStrictEqual } from 'node:util';
import type { Fault } from '../../gateway/faults';
import { COMMON_FAULTS } from './common-faults';

/** Remembers the faults that somebody has set, so that they can be switched on again. */
export class OwnFaults {
  private known: Fault[] = [];

  /** @param active the active faults: those that are new are remembered. */
  list(active: readonly Fault[]): readonly Fault[] {
    const common = [...COMMON_FAULTS.values()].map(({ fault }) => fault);
    const fresh = active.filter(
      (fault) => ![...common, ...this.known].some((one) => isDeepStrictEqual(one, fault)),
    );
    this.known = [...this.known, ...fresh];
    return this.known;
  }
}

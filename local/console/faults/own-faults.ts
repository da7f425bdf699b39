import { isDeepStrictEqual } from 'node:util';
import type { Fault } from '../../gateway/faults';
import type { CommonFaults } from './common-faults';

/** Remembers the faults that somebody has set, so that they can be switched on again. */
export class OwnFaults {
  private known: Fault[] = [];

  /**
   * @param active the active faults: those that are new are remembered.
   * @param common the faults that the page lists anyway.
   */
  list(active: readonly Fault[], common: CommonFaults): readonly Fault[] {
    const isIn = (faults: readonly Fault[]) => (fault: Fault) =>
      faults.some((one) => isDeepStrictEqual(one, fault));
    this.known = [...this.known, ...active.filter((fault) => !isIn(this.known)(fault))];
    const listed = [...common.values()].map(({ fault }) => fault);
    return this.known.filter((fault) => !isIn(listed)(fault));
  }
}

import type { Random } from '../clock/random';
import type { Arrival } from './arrival';
import { everydayFault } from './everyday-faults';
import type { Fault, FaultTemplate } from './fault';
import { nightlyFaults } from './nightly-faults';
import { operatorsFaults } from './operators-faults';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

const MOST_INCIDENTS = 6;
const MOST_FAULTS_OF_AN_INCIDENT = 3;

const PROBABILITIES = [0.05, 0.3, 0.7, 1];

/**
 * Makes up incidents while users arrive, each with a few faults at once; all times in ms since the start.
 *
 * @param nightAfter gives the time of the next reconciliation.
 */
export function randomFaults(
  random: Random,
  arrivals: readonly Arrival[],
  nightAfter: (time: number) => number,
): Fault[] {
  const incidents = Array.from({ length: random.integer(0, MOST_INCIDENTS) }, () => {
    // Somebody is there when it begins.
    const time = Math.max(0, random.pick(arrivals).at - random.integer(0, SECOND));
    const kind = random.weighted({ everyday: 50, nightly: 36, operators: 14 });
    if (kind === 'operators') return incident(random, operatorsFaults(random), time);
    return kind === 'nightly'
      ? incident(random, nightlyFaults(random), nightAfter(time) - random.integer(0, 5 * SECOND))
      : incident(random, everydayFaults(random), time);
  });
  return incidents.flat();
}

function everydayFaults(random: Random): FaultTemplate[] {
  return Array.from({ length: random.integer(1, MOST_FAULTS_OF_AN_INCIDENT) }, () => everydayFault(random));
}

function incident(random: Random, faults: readonly FaultTemplate[], from: number): Fault[] {
  const usual = randomLength(random);
  return faults.map(({ length = usual, probability = random.pick(PROBABILITIES), ...fault }) => ({
    ...fault,
    from,
    until: from + length,
    probability,
  }));
}

/** In ms: most faults are short, and a few last for days. */
function randomLength(random: Random): number {
  const length = random.weighted({ short: 70, long: 27, days: 3 });
  if (length === 'short') return random.integer(SECOND, 10 * MINUTE);
  if (length === 'long') return random.integer(10 * MINUTE, 2 * HOUR);
  return random.integer(2 * HOUR, 48 * HOUR);
}

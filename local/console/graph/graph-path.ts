import { END, START } from './graph-layout';

/** Identifies a transition of a definition. */
export function transitionKey(from: string, to: string): string {
  return JSON.stringify([from, to]);
}

/**
 * The keys of the transitions on the way through the states.
 *
 * @param path the states in the order in which they were entered.
 */
export function transitionsOn(path: readonly string[], hasEnded: boolean): Set<string> {
  const steps = path.length > 0 ? [START, ...path, ...(hasEnded ? [END] : [])] : [];
  return new Set(steps.slice(1).map((to, i) => transitionKey(steps[i] ?? '', to)));
}

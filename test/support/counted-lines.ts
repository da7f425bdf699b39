import { fieldOf, parseFilterPattern } from '../../simulation/models/filter-pattern';

/** A metric filter of a template. */
export interface MetricFilter {
  readonly FilterPattern: string;
  readonly MetricTransformations: readonly [{ readonly MetricName: string; readonly MetricValue: string }];
}

/** What a metric filter counts of the lines of a log; `undefined` if it matches none. */
export function countedOf(
  { FilterPattern, MetricTransformations: [{ MetricValue }] }: MetricFilter,
  lines: readonly string[],
): number | undefined {
  const matching = lines.map(jsonOf).filter(parseFilterPattern(FilterPattern));
  if (matching.length === 0) return undefined;
  const isField = MetricValue.startsWith('$.');
  const addedBy = (line: unknown) => Number(isField ? fieldOf(line, MetricValue.slice(2)) : MetricValue);
  return matching.reduce<number>((sum, line) => sum + addedBy(line), 0);
}

/** A line that is no JSON matches no pattern. */
function jsonOf(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}

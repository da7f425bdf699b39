import {
  type ColdStart,
  type ColdStarts,
  chainTimes,
  LABELS,
  type Runtime,
} from '../cold-starts/cold-starts';
import { percentile } from '../statistics/percentile';
import { ratio, spread, table } from './markdown';

const RUNTIMES: readonly Runtime[] = ['deployed', 'at hand'];
const VARIANTS = ['single', 'before', 'ours'] as const;

const together = ({ start, load, first }: ColdStart) => start + load + first;

/** Three cold starts of ours and one of the default function, with the starts of their processes, on both Nodes. */
export function processStartTable({ starts, nodes }: ColdStarts): string {
  const rows = RUNTIMES.flatMap((runtime) => {
    const timesOf = (variant: (typeof VARIANTS)[number], timeOf: (start: ColdStart) => number) =>
      chainTimes(starts, { variant, memory: 512, init: 'full core', runtime }, timeOf);
    const single = percentile(timesOf('single', together), 0.5);
    return VARIANTS.filter((variant) => timesOf(variant, together).length > 0).map((variant) => [
      `Node ${nodes[runtime]}: ${LABELS[variant]}`,
      spread(timesOf(variant, ({ start }) => start)),
      spread(timesOf(variant, ({ load }) => load)),
      spread(timesOf(variant, ({ first }) => first)),
      spread(timesOf(variant, together)),
      ratio(percentile(timesOf(variant, together), 0.5) / single),
    ]);
  });
  return table(['', 'process', 'load', 'first invocation', 'together', 'relative to one function'], rows);
}

/** The earlier bundles beside ours, compared in each round. */
export function earlierText({ starts }: ColdStarts): string[] {
  const chain = (variant: 'ours' | 'before') =>
    chainTimes(starts, { variant, memory: 512, init: 'full core' }, together);
  const before = chain('before');
  if (before.length === 0) return [];
  const ratios = chain('ours').map((time, round) => time / (before[round] ?? time));
  return [
    `Three of ours take ${ratio(percentile(ratios, 0.5))} of what the earlier bundles take, process start included (median of ${ratios.length} rounds).`,
  ];
}

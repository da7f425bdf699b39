import {
  type ColdStarts,
  chainTimes,
  LABELS,
  measuredVariants,
  medianOf,
  type Variant,
} from '../cold-starts/cold-starts';
import { MEMORY_SIZES } from '../cold-starts/measure';
import { PRICES } from '../cost/prices';
import { percentile } from '../statistics/percentile';
import { dollars, kilobytes, ms, ratio, spread, table } from './markdown';

/** The setting of this project's functions. */
const AT_512 = { memory: 512, init: 'full core' } as const;

/** How long a variant's functions take if all are cold, one after the other, in ms. */
export function chain(coldStarts: ColdStarts, variant: Variant, selection: object = AT_512): number {
  return percentile(chainTimes(coldStarts.starts, { variant, ...selection }), 0.5);
}

/** How long their first invocations take, in ms: one value for each round. */
export function first(coldStarts: ColdStarts, variant: Variant): number[] {
  return chainTimes(coldStarts.starts, { variant, ...AT_512 }, (start) => start.first);
}

/** How much they load, in bytes. */
export function bytes({ sizes }: ColdStarts, variant: keyof ColdStarts['sizes']): number {
  return Object.values(sizes[variant]).reduce((sum, size) => sum + size, 0);
}

export function coldTable(coldStarts: ColdStarts): string {
  const { starts } = coldStarts;
  const byDefault = chain(coldStarts, 'default');
  return table(
    ['', 'load', 'first invocation', 'together', 'relative to default'],
    measuredVariants(coldStarts).map((variant) => {
      const selection = { variant, ...AT_512 };
      return [
        LABELS[variant],
        spread(chainTimes(starts, selection, ({ load }) => load)),
        spread(first(coldStarts, variant)),
        spread(chainTimes(starts, selection)),
        ratio(chain(coldStarts, variant) / byDefault),
      ];
    }),
  );
}

export function memoryTable({ starts }: ColdStarts): string {
  const cell = (variant: Variant, memory: number, init: string) => {
    const times = chainTimes(starts, { variant, memory, init: init as 'share' });
    return times.length > 0 ? spread(times) : '–';
  };
  const costOf = (memory: number) => {
    const time = percentile(chainTimes(starts, { variant: 'ours', memory, init: 'full core' }), 0.5);
    return dollars((1e6 * time * memory * PRICES.lambdaGBSecond) / 1000 / 1024);
  };
  return table(
    [
      'memory',
      'three of ours',
      'default',
      'one function',
      'Python',
      'ours, all throttled',
      'default, all throttled',
      'Python, all throttled',
      'a million of ours',
    ],
    MEMORY_SIZES.map((memory) => [
      `${memory} MB`,
      ...(['ours', 'default', 'single', 'python'] as const).map((variant) =>
        cell(variant, memory, 'full core'),
      ),
      ...(['ours', 'default', 'python'] as const).map((variant) => cell(variant, memory, 'share')),
      costOf(memory),
    ]),
  );
}

export function sizeTable({ sizes, starts }: ColdStarts): string {
  return table(
    ['', 'ours', 'default', 'load', 'first', 'warm', 'load by default', 'first by default'],
    Object.keys(sizes.ours).map((name) => [
      `\`${name}\``,
      kilobytes(sizes.ours[name] ?? 0),
      kilobytes(sizes.default[name] ?? 0),
      ...(['load', 'first', 'warm'] as const).map((phase) =>
        ms(medianOf(starts, phase, { variant: 'ours', name, ...AT_512 })),
      ),
      ...(['load', 'first'] as const).map((phase) =>
        ms(medianOf(starts, phase, { variant: 'default', name, ...AT_512 })),
      ),
    ]),
  );
}

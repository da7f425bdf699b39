import { percentile } from '../statistics/percentile';

/** What is compared: functions that are cold one after the other. */
export type Variant = 'ours' | 'unprimed' | 'default' | 'single' | 'python' | 'pythonReady' | 'floor';

/** What each is called, in the order of the tables. */
export const LABELS: Readonly<Record<Variant, string>> = {
  python: 'one function, Python, clients in its handler',
  pythonReady: 'one function, Python',
  single: 'one function, Node.js, default bundle',
  default: 'three functions, default bundles',
  unprimed: 'three of ours, not primed',
  ours: 'three of ours',
  floor: 'three empty ones, raw requests',
};

/** Whether Lambda gives its init a whole core, as is observed, or the function's share, at the worst. */
export type InitModel = 'full core' | 'share';

/** One cold start, and what followed it; times in ms. */
export interface ColdStart {
  readonly variant: Variant;
  readonly name: string;
  readonly memory: number;
  readonly init: InitModel;
  readonly round: number;
  readonly load: number;
  readonly first: number;
  readonly warm: number;
}

/** What a variant's functions load before their handler can be called, in bytes, by name. */
export type BundleSizes = Record<Exclude<Variant, 'python' | 'pythonReady'>, Record<string, number>>;

export interface ColdStarts {
  readonly sizes: BundleSizes;
  readonly starts: readonly ColdStart[];
  /** Whether a share of a core was enforced, or calculated. */
  readonly shares: 'enforced' | 'calculated';
  /** The versions of Python and boto3; nothing if this machine lacks them. */
  readonly python?: string;
}

/** The variants that were measured, which Python is only where there is one. */
export function measuredVariants({ starts }: ColdStarts): Variant[] {
  const measured = new Set(starts.map(({ variant }) => variant));
  return (Object.keys(LABELS) as Variant[]).filter((variant) => measured.has(variant));
}

/** Which cold starts. */
export type Selection = Partial<Pick<ColdStart, 'variant' | 'name' | 'memory' | 'init'>>;

/** The median of one phase of the selected cold starts, in ms. */
export function medianOf(
  starts: readonly ColdStart[],
  phase: 'load' | 'first' | 'warm',
  selection: Selection,
): number {
  return percentile(
    select(starts, selection).map((start) => start[phase]),
    0.5,
  );
}

/** How long the functions of a variant take when they are cold one after the other, in ms: one value a round. */
export function chainTimes(
  starts: readonly ColdStart[],
  selection: Selection,
  timeOf = ({ load, first }: ColdStart) => load + first,
): number[] {
  const chains = new Map<number, number>();
  for (const start of select(starts, selection)) {
    chains.set(start.round, (chains.get(start.round) ?? 0) + timeOf(start));
  }
  return [...chains.values()];
}

function select(starts: readonly ColdStart[], selection: Selection): ColdStart[] {
  return starts.filter((start) =>
    Object.entries(selection).every(([name, value]) => start[name as keyof ColdStart] === value),
  );
}

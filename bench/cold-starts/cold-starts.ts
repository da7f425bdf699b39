import { percentile } from '../statistics/percentile';

/** The variants that are compared; the functions of each are cold one after the other. */
export type Variant =
  | 'ours'
  | 'before'
  | 'unprimed'
  | 'default'
  | 'single'
  | 'python'
  | 'pythonReady'
  | 'floor';

/** The name of each variant, in the order of the tables. */
export const LABELS: Readonly<Record<Variant, string>> = {
  python: 'one function, Python, clients in its handler',
  pythonReady: 'one function, Python',
  single: 'one function, Node.js, default bundle',
  default: 'three functions, default bundles',
  unprimed: 'three of ours, not primed',
  before: 'three of ours, earlier bundles',
  ours: 'three of ours',
  floor: 'three empty ones, raw requests',
};

/** Whether Lambda's init gets a full core, as observed, or only the function's share, in the worst case. */
export type InitModel = 'full core' | 'share';

/** The Node that Lambda runs (`nodejs24.x`), or the one that runs the bench. */
export type Runtime = 'deployed' | 'at hand';

/** One cold start and the invocations after it; times in ms. */
export interface ColdStart {
  readonly variant: Variant;
  readonly name: string;
  readonly memory: number;
  readonly init: InitModel;
  readonly runtime: Runtime;
  readonly round: number;
  /** Until the process can load a function. */
  readonly start: number;
  readonly load: number;
  readonly first: number;
  readonly warm: number;
}

/** How much a variant's functions load before their handler can be called, in bytes, by name. */
export type BundleSizes = Record<
  Exclude<Variant, 'python' | 'pythonReady' | 'before'>,
  Record<string, number>
>;

export interface ColdStarts {
  readonly sizes: BundleSizes;
  readonly starts: readonly ColdStart[];
  /** How the share of a core was applied. */
  readonly shares: 'enforced' | 'calculated';
  /** The version of each Node. */
  readonly nodes: Readonly<Record<Runtime, string>>;
  /** The versions of Python and boto3; undefined if this machine does not have them. */
  readonly python?: string;
}

/** The variants that were measured; Python is missing if the machine does not have it. */
export function measuredVariants({ starts }: ColdStarts): Variant[] {
  const measured = new Set(starts.map(({ variant }) => variant));
  return (Object.keys(LABELS) as Variant[]).filter((variant) => measured.has(variant));
}

/** Selects cold starts; those on the deployed Node, if it does not say otherwise. */
export type Selection = Partial<Pick<ColdStart, 'variant' | 'name' | 'memory' | 'init' | 'runtime'>>;

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

/** How long a variant's functions take if all are cold, one after the other, in ms: one value a round. */
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
    Object.entries({ runtime: 'deployed', ...selection }).every(
      ([name, value]) => start[name as keyof ColdStart] === value,
    ),
  );
}

import { Graph, layout } from '@dagrejs/dagre';

/** A state of a definition in the Amazon States Language, with the fields that the graph needs. */
export interface State {
  readonly Type: string;
  readonly Comment?: string;
  readonly Next?: string;
  readonly Default?: string;
  readonly Choices?: readonly { readonly Next: string }[];
  readonly Catch?: readonly { readonly Next: string }[];
  readonly [field: string]: unknown;
}

/** A definition in the Amazon States Language. */
export interface Definition {
  readonly StartAt: string;
  readonly States: Record<string, State>;
}

/** The place of something, in px; `x` and `y` are its centre. */
export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface GraphEdge {
  readonly from: string;
  readonly to: string;
  /** Whether it leads away from an error. */
  readonly isCatch: boolean;
  readonly label?: string;
  readonly points: readonly { readonly x: number; readonly y: number }[];
  readonly labelBox?: Box;
}

export interface GraphLayout {
  readonly width: number;
  readonly height: number;
  readonly nodes: ReadonlyMap<string, Box>;
  readonly edges: readonly GraphEdge[];
}

/** The ends of the graph. No state can have these names: they are longer than 80 characters. */
export const START = `start${' '.repeat(80)}`;
export const END = `end${' '.repeat(80)}`;

type Transition = Pick<GraphEdge, 'from' | 'to' | 'isCatch' | 'label'>;

/** Lays out the states of a definition from top to bottom; those inside a Map or Parallel state are left out. */
export function layOut({ StartAt, States }: Definition): GraphLayout {
  const graph = new Graph();
  graph.setGraph({ rankdir: 'TB', nodesep: 20, ranksep: 40, edgesep: 16, marginx: 4, marginy: 4 });
  const width = nodeWidth(Object.keys(States));
  for (const name of Object.keys(States)) graph.setNode(name, { width, height: 52 });
  for (const name of [START, END]) graph.setNode(name, { width: 64, height: 28 });
  const transitions = new Map<string, Transition>();
  const start = { from: START, to: StartAt, isCatch: false };
  for (const transition of [start, ...Object.entries(States).flatMap(transitionsOf)]) {
    const key = JSON.stringify([transition.from, transition.to]);
    if (!transitions.has(key)) transitions.set(key, transition);
  }
  for (const { from, to, label } of transitions.values()) {
    graph.setEdge(from, to, label ? { width: label.length * 7, height: 18, labelpos: 'c' } : {});
  }
  layout(graph);
  return {
    width: graph.graph().width ?? 0,
    height: graph.graph().height ?? 0,
    nodes: new Map(graph.nodes().map((name) => [name, graph.node(name) as Box])),
    edges: [...transitions.values()].map((transition) => {
      const { points = [], ...labelBox } = graph.edge(transition.from, transition.to);
      return { ...transition, points, ...(transition.label && { labelBox: labelBox as Box }) };
    }),
  };
}

function transitionsOf([from, state]: [string, State]): Transition[] {
  const { Next, Default, Choices = [], Catch = [] } = state;
  return [
    ...(Next ? [{ from, to: Next, isCatch: false }] : []),
    ...Choices.map((choice) => ({ from, to: choice.Next, isCatch: false })),
    ...(Default ? [{ from, to: Default, isCatch: false, label: 'Default' }] : []),
    ...Catch.map((catcher) => ({ from, to: catcher.Next, isCatch: true, label: 'Catch' })),
    ...(Next || Choices.length > 0 ? [] : [{ from, to: END, isCatch: false }]),
  ];
}

/** The width that the longest name needs, with an icon. */
function nodeWidth(names: readonly string[]): number {
  return Math.max(150, ...names.map((name) => name.length * 8.1 + 46));
}

import { Fragment } from 'hono/jsx';
import { Icon, type Outcome } from '../shared/status';
import { type Box, type Definition, type GraphEdge, type GraphLayout, START } from './graph-layout';
import { transitionKey } from './graph-path';

/** How a state looks in the graph. */
export interface NodeLook {
  readonly tone: Outcome;
  /** What became of it. */
  readonly what: string;
}

interface GraphProps {
  readonly layout: GraphLayout;
  readonly definition: Definition;
  readonly nodeOf: (stateName: string) => NodeLook;
  /** The keys of the transitions that were taken. */
  readonly taken: ReadonlySet<string>;
  readonly selected?: string;
  readonly hrefOf: (stateName: string) => string;
}

/** The states of a definition with what became of them, as links to their details. */
export function Graph({ layout, definition, nodeOf, taken, selected, hrefOf }: GraphProps) {
  const { width, height, nodes, edges } = layout;
  const topDown = [...nodes].sort(([, a], [, b]) => a.y - b.y || a.x - b.x);
  return (
    // biome-ignore lint/a11y/useSemanticElements: there are no field sets in an SVG
    <svg class="graph" viewBox={`0 0 ${width} ${height}`} width={width} role="group" aria-label="States">
      <defs>
        {['arrow', 'arrow-taken'].map((id) => (
          <marker
            id={id}
            class={id}
            viewBox="0 0 8 8"
            refX="7"
            refY="4"
            markerWidth="8"
            markerHeight="8"
            orient="auto"
          >
            <path d="M0 0L8 4L0 8z" />
          </marker>
        ))}
      </defs>
      {edges.map((edge) => (
        <Edge edge={edge} isTaken={taken.has(transitionKey(edge.from, edge.to))} />
      ))}
      {topDown.map(([name, box]) => {
        if (!Object.hasOwn(definition.States, name))
          return <End box={box} label={name === START ? 'Start' : 'End'} />;
        const isSelected = name === selected;
        return <Node name={name} box={box} look={nodeOf(name)} isSelected={isSelected} href={hrefOf(name)} />;
      })}
    </svg>
  );
}

interface NodeProps {
  readonly name: string;
  readonly box: Box;
  readonly look: NodeLook;
  readonly isSelected: boolean;
  readonly href: string;
}

function Node({ box: { x, y, width, height }, look, name, isSelected, href }: NodeProps) {
  const { tone: outcome, what } = look;
  return (
    <a
      id={`state-${name}`}
      class={`node ${outcome}`}
      href={href}
      data-stay
      aria-current={isSelected ? 'true' : undefined}
    >
      <rect x={x - width / 2} y={y - height / 2} width={width} height={height} rx="8" />
      <Icon tone={outcome} x={x - width / 2 + 10} y={y - 8} />
      <text>
        <tspan class="name" x={x - width / 2 + 34} y={y - 3}>
          {name}
        </tspan>{' '}
        <tspan class="what" x={x - width / 2 + 34} y={y + 14}>
          {what}
        </tspan>
      </text>
    </a>
  );
}

function End({ box: { x, y, width, height }, label }: { box: Box; label: string }) {
  return (
    <g class="end">
      <rect x={x - width / 2} y={y - height / 2} width={width} height={height} rx={height / 2} />
      <text x={x} y={y + 4} text-anchor="middle">
        {label}
      </text>
    </g>
  );
}

function Edge({ edge, isTaken }: { edge: GraphEdge; isTaken: boolean }) {
  const { points, isCatch, label, labelBox } = edge;
  const marker = `url(#${isTaken ? 'arrow-taken' : 'arrow'})`;
  return (
    <Fragment>
      <path
        class={`edge${isCatch ? ' catch' : ''}${isTaken ? ' taken' : ''}`}
        d={curve(points)}
        marker-end={marker}
      />
      {labelBox && (
        <text class="edge-label" x={labelBox.x} y={labelBox.y + 4} text-anchor="middle">
          {label}
        </text>
      )}
    </Fragment>
  );
}

/** A line from the first point to the last, bent towards the points between them. */
function curve([first, ...rest]: GraphEdge['points']): string {
  if (!first) return '';
  const last = rest.at(-1) ?? first;
  const bends = rest.slice(0, -1).map((point, i) => {
    const next = rest[i + 1] ?? last;
    return `Q${point.x} ${point.y} ${(point.x + next.x) / 2} ${(point.y + next.y) / 2}`;
  });
  return [`M${first.x} ${first.y}`, ...bends, `L${last.x} ${last.y}`].join('');
}

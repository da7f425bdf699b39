import type { Execution } from '../../step-functions/execution';
import type { StateMachine } from '../../step-functions/state-machine';
import { statusCounts } from '../executions/execution-list';
import { listHref } from '../executions/links';
import { Graph } from '../graph/graph';
import { type Definition, END, type GraphLayout, START } from '../graph/graph-layout';
import { transitionKey } from '../graph/graph-path';
import { Copy, Facts, Section, Timestamp } from '../shared/elements';
import { count } from '../shared/format';
import { Json } from '../shared/json';
import { STATUS_LABELS, STATUSES } from '../shared/status';
import type { Coverage } from './coverage';
import { CoverageTable } from './coverage-table';

interface StateMachinePageProps {
  readonly stateMachine: StateMachine;
  readonly definition: Definition;
  readonly layout: GraphLayout;
  readonly coverage: Coverage;
  /** Of all state machines. */
  readonly executions: readonly Execution[];
  /** How many executions of this one were started, and how many of them are still known. */
  readonly started: number;
  readonly known: number;
}

type CountsProps = Pick<StateMachinePageProps, 'stateMachine' | 'executions'>;

/** A state machine, whether it ran or not. */
export function StateMachinePage(props: StateMachinePageProps) {
  const { stateMachine, definition, layout, coverage, executions, started, known } = props;
  const { name, type, stateMachineArn, roleArn, creationDate } = stateMachine;
  return (
    <>
      <p class="breadcrumb">
        <a href="/console/state-machines">State machines</a>
      </p>
      <h1 class="id">{name}</h1>
      <Section id="facts" title="Details">
        <Facts
          facts={{
            Type: type === 'EXPRESS' ? 'Express' : 'Standard',
            Created: <Timestamp at={creationDate} />,
            Executions: (
              <>
                <a href={listHref({ machine: name })}>{count(started, 'execution')}</a>
                <Counts stateMachine={stateMachine} executions={executions} />
              </>
            ),
            ARN: (
              <>
                {stateMachineArn} <Copy text={stateMachineArn} what="state machine ARN" />
              </>
            ),
            Role: roleArn,
          }}
        />
      </Section>
      <Section id="graph" title="Graph">
        <div class="wide-graph">
          <Graph
            layout={layout}
            definition={definition}
            nodeOf={(stateName) => lookOf(coverage.visits.get(stateName) ?? 0)}
            taken={takenIn(definition, coverage)}
            hrefOf={(stateName) => `#coverage-${encodeURIComponent(stateName)}`}
          />
        </div>
      </Section>
      <Section id="coverage" title={titleOf(coverage)}>
        <p class="note">
          {known < started
            ? `Of the newest ${known.toLocaleString('en-US')} of ${count(started, 'execution')}.`
            : `Of ${count(known, 'execution')}.`}
        </p>
        <CoverageTable steps={coverage.steps} />
      </Section>
      <Section id="definition" title="Definition">
        <Json label={`Definition of ${name}`} value={definition} />
      </Section>
    </>
  );
}

/** How many executions are in each status, each number with a link to them. */
function Counts({ stateMachine: { name, stateMachineArn }, executions }: CountsProps) {
  const counts = statusCounts(executions, stateMachineArn);
  return STATUSES.filter((status) => counts[status]).map((status) => (
    <a class="note" href={listHref({ machine: name, status })}>
      {counts[status]?.toLocaleString('en-US')} {STATUS_LABELS[status].toLowerCase()}
    </a>
  ));
}

function lookOf(visits: number) {
  return visits > 0
    ? { tone: 'succeeded' as const, what: count(visits, 'visit') }
    : { tone: 'not-reached' as const, what: 'Never entered' };
}

function takenIn({ StartAt }: Definition, { steps, visits }: Coverage): Set<string> {
  const taken = steps.filter((step) => step.count > 0 && step.kind !== 'Retry');
  const keys = taken.map(({ from, to }) => transitionKey(from, to ?? END));
  return new Set([...keys, ...(visits.has(StartAt) ? [transitionKey(START, StartAt)] : [])]);
}

function titleOf({ steps }: Coverage): string {
  const taken = steps.filter((step) => step.count > 0).length;
  return `Coverage (${taken} of ${count(steps.length, 'step')} taken)`;
}

import { Graph, type NodeLook } from '../graph/graph';
import type { Definition } from '../graph/graph-layout';
import { transitionsOn } from '../graph/graph-path';
import { notReached, retriesOf, type StateResult } from '../graph/state-results';
import { Copy, Facts, Section, Ticking, Timestamp } from '../shared/elements';
import { count, formatDuration } from '../shared/format';
import { invocationHref } from '../shared/log-table';
import { OUTCOME_LABELS } from '../shared/status';
import { User } from '../shared/user';
import { StateDetails } from '../states/state-details';
import { userOf } from './execution-list';
import type { ExecutionPageProps } from './execution-page';
import { hrefOf, stateMachineHref } from './links';

type GraphTabProps = Omit<ExecutionPageProps, 'tab'>;

/** The graph of the states, and the details of one of them. */
export function GraphTab(props: GraphTabProps) {
  const { execution, definition, layout, history, results, logged, now } = props;
  const selected = Object.hasOwn(definition.States, props.selected)
    ? props.selected
    : worthSeeing(results, definition);
  const state = definition.States[selected];
  const result = results.get(selected);
  const path = history
    .filter(({ type }) => type.endsWith('StateEntered'))
    .flatMap(({ stateName }) => stateName ?? []);
  return (
    <div class="columns">
      <div>
        <Section id="graph" title="Graph">
          <div class="wide-graph">
            <Graph
              layout={layout}
              definition={definition}
              nodeOf={(name) => lookOf(results.get(name) ?? notReached(name))}
              taken={transitionsOn(path, execution.status === 'SUCCEEDED' || execution.status === 'FAILED')}
              selected={selected}
              hrefOf={(stateName) => `${hrefOf(execution)}?state=${encodeURIComponent(stateName)}#state`}
            />
          </div>
        </Section>
        <Section id="details" title="Details">
          <ExecutionFacts {...props} />
        </Section>
      </div>
      {state && (
        <StateDetails
          state={state}
          result={result ?? notReached(selected)}
          attempts={logged(result)}
          now={now}
        />
      )}
    </div>
  );
}

function lookOf(result: StateResult): NodeLook {
  const retries = retriesOf(result);
  const label = OUTCOME_LABELS[result.outcome];
  return {
    tone: result.outcome,
    what: retries > 0 ? `${label} · ${count(retries, 'retry', 'retries')}` : label,
  };
}

function ExecutionFacts({ execution, stateMachine, directory, startedBy, now }: GraphTabProps) {
  const { startDate, stopDate, executionArn } = execution;
  const user = userOf(execution);
  return (
    <>
      <Facts
        facts={{
          'State machine': (
            <>
              <a href={stateMachineHref(stateMachine.name)}>{stateMachine.name}</a> (
              {stateMachine.type === 'EXPRESS' ? 'Express' : 'Standard'})
            </>
          ),
          User: user && <User {...user} email={directory.get(user.sub)} />,
          Started: <Timestamp at={startDate} />,
          Ended: stopDate !== undefined ? <Timestamp at={stopDate} /> : undefined,
          Duration:
            stopDate === undefined ? <Ticking ms={now - startDate} /> : formatDuration(stopDate - startDate),
          'Started by': startedBy && (
            <a href={invocationHref(startedBy.requestId)}>An invocation of {startedBy.functionName}</a>
          ),
        }}
      />
      <Facts
        facts={{
          'Execution ARN': (
            <>
              {executionArn} <Copy text={executionArn} what="execution ARN" />
            </>
          ),
        }}
      />
    </>
  );
}

/** The state with the error, or else the last one that was reached. */
function worthSeeing(results: ReadonlyMap<string, StateResult>, { StartAt }: Definition): string {
  const entered = [...results.values()];
  const failed =
    entered.find(({ outcome }) => outcome === 'caught') ?? entered.find(({ error }) => error !== undefined);
  const last = entered.findLast(({ attempts, outcome }) => attempts.length > 0 || outcome === 'running');
  return (failed ?? last)?.name ?? StartAt;
}

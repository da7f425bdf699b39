import type { HistoryEvent } from '../../step-functions/execution-history';
import type { Execution, StateMachine } from '../../step-functions/state-machine';
import type { Directory } from '../shared/directory';
import { Facts, Json, Section, Ticking, Timestamp } from '../shared/elements';
import { formatDuration } from '../shared/format';
import type { QueueView } from '../shared/queues';
import { StatusBadge } from '../shared/status';
import { User } from '../shared/user';
import { EventTable } from './event-table';
import { machineNameOf, PAGE_SIZE, userOf } from './execution-list';
import { ExecutionTable } from './execution-table';
import { Graph } from './graph';
import type { Definition, GraphLayout } from './graph-layout';
import { Cause, StateDetails } from './state-details';
import { notReached, type StateResult } from './state-results';
import { hrefOf, Story } from './story';

interface ExecutionPageProps {
  readonly execution: Execution;
  readonly stateMachine: StateMachine;
  readonly definition: Definition;
  readonly layout: GraphLayout;
  readonly history: readonly HistoryEvent[];
  readonly results: ReadonlyMap<string, StateResult>;
  /** The name of the chosen state; empty if none was chosen. */
  readonly selected: string;
  /** The page of the history, from 1. */
  readonly eventPage: number;
  /** All executions of the same user, oldest first. */
  readonly ofUser: readonly Execution[];
  readonly queues: readonly QueueView[];
  readonly directory: Directory;
  /** In ms since 1970. */
  readonly now: number;
}

export function ExecutionPage(props: ExecutionPageProps) {
  const { execution, definition, layout, history, results, ofUser, queues, directory, now } = props;
  const { name, status, input, output, error, cause } = execution;
  const user = userOf(execution);
  const selected = Object.hasOwn(definition.States, props.selected)
    ? props.selected
    : worthSeeing(results, definition);
  const state = definition.States[selected];
  const path = history
    .filter(({ type }) => type.endsWith('StateEntered'))
    .flatMap(({ stateName }) => stateName ?? []);
  const others = ofUser.filter((other) => other !== execution);
  const story = { execution, results, others, queues, sub: user?.sub, now };
  return (
    <>
      <p class="breadcrumb">
        <a href="/console">Executions</a> › {machineNameOf(execution)}
      </p>
      <h1 class="id">{name}</h1>
      <div class={`summary ${status.toLowerCase()}`}>
        <StatusBadge status={status} />
        <Story {...story} />
      </div>
      <div class="columns">
        <div>
          <Section id="graph" title="Graph">
            <div class="wide-graph">
              <Graph
                layout={layout}
                definition={definition}
                results={results}
                path={path}
                hasEnded={status === 'SUCCEEDED' || status === 'FAILED'}
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
          <StateDetails state={state} result={results.get(selected) ?? notReached(selected)} now={now} />
        )}
      </div>
      {user && (
        <Section id="user" title="Executions of this user">
          <ExecutionTable
            executions={ofUser.slice(-PAGE_SIZE).reverse()}
            current={execution}
            directory={directory}
            now={now}
            label="Executions of this user, newest first"
          />
        </Section>
      )}
      <Section id="events" title={`Events (${history.length.toLocaleString('en-US')})`}>
        <EventTable execution={execution} history={history} selected={selected} page={props.eventPage} />
      </Section>
      <Section id="data" title="Execution input and output">
        <h3>Input</h3>
        <Json label="Execution input" value={input} />
        <h3>Output</h3>
        {output !== undefined ? (
          <Json label="Execution output" value={output} />
        ) : (
          <p class="empty">No output.</p>
        )}
        {error && <Facts facts={{ Error: error, Cause: cause && <Cause cause={cause} /> }} />}
      </Section>
      <Section id="definition" title="Definition">
        <details>
          <summary>Amazon States Language of {machineNameOf(execution)}</summary>
          <Json label="Definition" value={definition} />
        </details>
      </Section>
    </>
  );
}

function ExecutionFacts({ execution, stateMachine, directory, now }: ExecutionPageProps) {
  const { startDate, stopDate, executionArn } = execution;
  const user = userOf(execution);
  return (
    <>
      <Facts
        facts={{
          'State machine': `${stateMachine.name} (${stateMachine.type === 'EXPRESS' ? 'Express' : 'Standard'})`,
          User: user && <User {...user} email={directory.get(user.sub)} />,
          Started: <Timestamp at={startDate} />,
          Ended: stopDate !== undefined ? <Timestamp at={stopDate} /> : undefined,
          Duration:
            stopDate === undefined ? <Ticking ms={now - startDate} /> : formatDuration(stopDate - startDate),
        }}
      />
      <Facts facts={{ 'Execution ARN': executionArn }} />
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

import type { Invocation } from '../../lambda/invocations';
import type { Execution } from '../../step-functions/execution';
import type { HistoryEvent } from '../../step-functions/execution-history';
import type { StateMachine } from '../../step-functions/state-machine';
import type { Definition, GraphLayout } from '../graph/graph-layout';
import type { StateResult } from '../graph/state-results';
import type { Directory } from '../shared/directory';
import { Alert, Copy, Section } from '../shared/elements';
import type { QueueView } from '../shared/queues';
import { StatusBadge } from '../shared/status';
import type { LoggedAttempt } from '../states/attempts';
import { EventTable } from './event-table';
import { ExecutionActions } from './execution-actions';
import { ExecutionData } from './execution-data';
import { machineNameOf, userOf } from './execution-list';
import { GraphTab } from './graph-tab';
import { hrefOf, listHref } from './links';
import { OfUser } from './of-user';
import { Story } from './story';
import { visitsIn } from './timeline';
import { TimelineChart, type TimelineChartProps } from './timeline-chart';

const TABS = { graph: 'Graph', timeline: 'Timeline', events: 'Events' };

type Tab = keyof typeof TABS;

export interface ExecutionPageProps {
  readonly execution: Execution;
  readonly stateMachine: StateMachine;
  readonly definition: Definition;
  readonly layout: GraphLayout;
  readonly history: readonly HistoryEvent[];
  readonly results: ReadonlyMap<string, StateResult>;
  /** The name of the chosen tab. */
  readonly tab: string;
  /** The name of the chosen state; empty if none was chosen. */
  readonly selected: string;
  /** The page of the history, from 1. */
  readonly eventPage: number;
  /** All executions of the same user, oldest first. */
  readonly ofUser: readonly Execution[];
  readonly queues: readonly QueueView[];
  readonly directory: Directory;
  readonly invocationOf: TimelineChartProps['invocationOf'];
  /** Adds the logs to the attempts of a state. */
  readonly logged: (result?: StateResult) => readonly LoggedAttempt[];
  /** The invocation that started the execution, if it is known. */
  readonly startedBy?: Invocation;
  /** Why the last action was refused, and the input that was to be started. */
  readonly refused?: { readonly reason: string; readonly input?: string };
  /** In ms since 1970. */
  readonly now: number;
}

export function ExecutionPage(props: ExecutionPageProps) {
  const { execution, results, ofUser, queues, refused, now } = props;
  const { name, status } = execution;
  const others = ofUser.filter((other) => other !== execution);
  const story = { execution, results, others, queues, sub: userOf(execution)?.sub, now };
  const tab = Object.hasOwn(TABS, props.tab) ? (props.tab as Tab) : 'graph';
  return (
    <>
      <p class="breadcrumb">
        <a href="/console">Executions</a> ›{' '}
        <a href={listHref({ machine: machineNameOf(execution) })}>{machineNameOf(execution)}</a>
      </p>
      <div class="title">
        <h1 class="id">{name}</h1>
        <Copy text={name} what="the execution's name" />
      </div>
      {refused && <Alert>{refused.reason}</Alert>}
      <div class={`summary ${status.toLowerCase()}`}>
        <StatusBadge status={status} />
        <Story {...story} />
      </div>
      <ExecutionActions execution={execution} input={refused?.input} />
      <nav class="tabs" aria-label="Views of the execution">
        {Object.entries(TABS).map(([key, label]) => (
          <a
            href={`${hrefOf(execution)}?tab=${key}&state=${encodeURIComponent(props.selected)}`}
            aria-current={key === tab ? 'page' : undefined}
          >
            {label}
          </a>
        ))}
      </nav>
      <View {...props} tab={tab} />
      <OfUser {...props} />
      <ExecutionData {...props} />
    </>
  );
}

function View({ tab, ...props }: { tab: Tab } & Omit<ExecutionPageProps, 'tab'>) {
  const { execution, history, invocationOf, eventPage, selected, now } = props;
  if (tab === 'graph') return <GraphTab {...props} />;
  if (tab === 'timeline') {
    const visits = visitsIn(history);
    return (
      <Section id="timeline" title="Timeline">
        <TimelineChart execution={execution} visits={visits} invocationOf={invocationOf} now={now} />
      </Section>
    );
  }
  return (
    <Section id="events" title={`Events (${history.length.toLocaleString('en-US')})`}>
      <EventTable execution={execution} history={history} selected={selected} page={eventPage} />
    </Section>
  );
}

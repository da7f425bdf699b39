import { hrefOf } from '../executions/links';
import { Alert, Section, Tabs, Timestamp } from '../shared/elements';
import { count } from '../shared/format';
import { StatusBadge } from '../shared/status';
import { Table } from '../shared/table';
import { countsInWords, reasonsInWords } from './count-words';
import { reconciliationHref } from './reconciliations';
import type { Run } from './runs';

/** How many runs are shown. */
const SHOWN = 50;

interface ReconciliationPageProps {
  /** Of the state machine that is shown. */
  readonly name: string;
  /** Of all state machines that reconcile. */
  readonly names: readonly string[];
  /** Newest first. */
  readonly runs: readonly Run[];
  /** Why the last start was refused. */
  readonly error?: string;
}

/** Finds the users who are not onboarded, and sends them to the retry queue. */
export function ReconciliationPage({ name, names, runs, error }: ReconciliationPageProps) {
  const dryRun = runs.find(({ isDryRun, execution }) => isDryRun && execution.status === 'SUCCEEDED');
  return (
    <>
      <h1>Reconciliation</h1>
      {names.length > 1 && (
        <Tabs label="Reconciliations" names={names} current={name} hrefOf={reconciliationHref} />
      )}
      {error && <Alert>{error}</Alert>}
      <Section id="start" title="Start">
        <p>
          A reconciliation looks at every user of the user pool, and sends those who are not onboarded to the
          retry queue. A dry run only counts them. Begin with one.
        </p>
        <form class="filter" method="post" action={reconciliationHref(name)}>
          <label class="check">
            <input type="checkbox" name="all" value="yes" checked={dryRun?.all} />
            Also users with a record who are not in their group
          </label>
          <button type="submit" name="dryRun" value="yes" class={dryRun ? undefined : 'primary'}>
            Dry run
          </button>
          {dryRun && (
            <button type="submit" name="dryRun" value="no" class="primary">
              Reconcile
            </button>
          )}
        </form>
        {dryRun && <p class="note">{whatFollows(dryRun)}</p>}
      </Section>
      <Section id="runs" title={titleOf(runs.length)}>
        <Table
          label="Runs, newest first"
          columns={['Status', 'Run', 'Kind', 'Found', 'Skipped']}
          empty="No reconciliation has run yet."
          rows={runs.slice(0, SHOWN).map((run) => ({ key: run.execution.executionArn, cells: cellsOf(run) }))}
        />
      </Section>
    </>
  );
}

function titleOf(total: number): string {
  return total > SHOWN ? `The newest ${SHOWN} of ${total} runs` : `Runs (${total})`;
}

/** What a run for real would do, as far as the last dry run knows. */
function whatFollows({ all, counts: { missing = 0, outsideGroup = 0 } }: Run): string {
  const found = `The last dry run found ${count(missing, 'user')} without a record`;
  if (!all) return `${found} to send to the retry queue.`;
  return `${found}, and ${count(outsideGroup, 'user')} outside their group. These are sent only if the box is checked.`;
}

function cellsOf({ execution, isDryRun, all, counts, skipped, note }: Run) {
  return [
    <>
      <StatusBadge status={execution.status} />
      {execution.error && <span class="note error">{execution.error}</span>}
    </>,
    <a href={hrefOf(execution)}>
      <Timestamp at={execution.startDate} />
    </a>,
    `${isDryRun ? 'Dry run' : 'Reconciliation'}${all ? ', all' : ''}`,
    <>
      {counts.pages ? lines(countsInWords(counts)) : 'No page yet'}
      {note && <span class="note">{note}</span>}
    </>,
    Object.keys(skipped).length > 0 ? lines(reasonsInWords(skipped)) : 'Nobody',
  ];
}

function lines(texts: readonly string[]) {
  return texts.map((text) => <span class="value">{text}</span>);
}

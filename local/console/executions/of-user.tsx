import type { Execution } from '../../step-functions/execution';
import { Section } from '../shared/elements';
import { count } from '../shared/format';
import { PAGE_SIZE, userOf } from './execution-list';
import type { ExecutionPageProps } from './execution-page';
import { ExecutionTable } from './execution-table';
import { executionsOfUserHref, hrefOf } from './links';

type OfUserProps = Pick<ExecutionPageProps, 'execution' | 'ofUser' | 'now'>;

/** The executions of the same user, one of which can be compared with this one. */
export function OfUser({ execution, ofUser, now }: OfUserProps) {
  const user = userOf(execution);
  if (!user) return null;
  const others = ofUser.filter((other) => other !== execution);
  return (
    <Section id="user" title="Executions of this user">
      <ExecutionTable
        executions={ofUser.slice(-PAGE_SIZE).reverse()}
        current={execution}
        now={now}
        label="Executions of this user, newest first"
      />
      {ofUser.length > PAGE_SIZE && (
        <p class="note">
          The newest {PAGE_SIZE} of{' '}
          <a href={executionsOfUserHref(user.sub)}>{count(ofUser.length, 'execution')}</a>.
        </p>
      )}
      {others.length > 0 && <CompareForm execution={execution} others={others} />}
    </Section>
  );
}

function CompareForm({ execution, others }: { execution: Execution; others: readonly Execution[] }) {
  return (
    <form class="filter" method="get" action={`${hrefOf(execution)}/compare`}>
      <label class="wide">
        Compare with
        <select name="with">
          {others.toReversed().map(({ executionArn, name, status }) => (
            <option value={executionArn}>
              {name} ({status})
            </option>
          ))}
        </select>
      </label>
      <button type="submit">Show side by side</button>
    </form>
  );
}

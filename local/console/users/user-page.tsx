import { ExecutionTable } from '../executions/execution-table';
import { executionsOfUserHref } from '../executions/links';
import { NextRetry } from '../executions/story';
import { Alert, Copy, Facts, Section, Timestamp } from '../shared/elements';
import { count } from '../shared/format';
import { Json } from '../shared/json';
import { MailTable } from '../shared/mail-table';
import { Table } from '../shared/table';
import { usersHref } from '../shared/user';
import type { AboutUser, WaitingMessage } from './about-user';
import { OnboardingBadge, STATUS_LABELS } from './onboarding-badge';
import { type AttributeValue, type Item, plainValue } from './records';
import { UserActions } from './user-forms';
import type { PoolUser, UserResources } from './users';

/** How many executions are shown; the list has all of them. */
const SHOWN = 25;

interface UserPageProps {
  readonly about: AboutUser;
  readonly resources: UserResources;
  /** Why the last action was refused. */
  readonly error?: string;
  /** In ms since 1970. */
  readonly now: number;
}

/** Everything about one user. */
export function UserPage({ about, resources, error, now }: UserPageProps) {
  const { sub, user, mail, executions, waiting } = about;
  const { userPoolId, hasOnboarding } = resources;
  return (
    <>
      <p class="breadcrumb">
        <a href={usersHref(userPoolId)}>Users</a>
      </p>
      <h1 class="id">{user?.email ?? sub}</h1>
      {error && <Alert>{error}</Alert>}
      <Section id="user" title="User">
        {user ? (
          <UserFacts user={user} hasOnboarding={hasOnboarding} />
        ) : (
          <p>This user is not in the user pool: they were deleted.</p>
        )}
      </Section>
      {waiting.length > 0 && <Waiting waiting={waiting} now={now} />}
      <Section id="executions" title={`Executions (${executions.length.toLocaleString('en-US')})`}>
        <ExecutionTable
          executions={executions.slice(-SHOWN).reverse()}
          now={now}
          label="Executions of this user, newest first"
        />
        {executions.length > SHOWN && (
          <p class="note">
            The newest {SHOWN} of{' '}
            <a href={executionsOfUserHref(sub)}>{count(executions.length, 'execution')}</a>.
          </p>
        )}
      </Section>
      <Section id="record" title={recordTitle(resources)}>
        <Records items={user?.items ?? []} />
      </Section>
      <Section id="mail" title={`Mail (${mail.length})`}>
        <MailTable mail={mail} empty="Nothing was sent to this user." />
      </Section>
      {user && <Attributes user={user} />}
    </>
  );
}

function recordTitle({ tableNames, hasOnboarding }: UserResources): string {
  if (!hasOnboarding) return 'Items';
  return tableNames.length === 1 ? `Record in ${tableNames[0]}` : 'Records';
}

function UserFacts({ user, hasOnboarding }: { user: PoolUser; hasOnboarding: boolean }) {
  const { status, enabled, createdAt, sub, username, groups } = user;
  return (
    <>
      {hasOnboarding && <OnboardingBadge user={user} />}
      <Facts
        facts={{
          Status: `${STATUS_LABELS[status] ?? status}${enabled ? '' : ', disabled'}`,
          Groups: groups.join(', ') || 'None',
          Created: <Timestamp at={createdAt} />,
          Sub: (
            <>
              {sub} <Copy text={sub} what="sub" />
            </>
          ),
          Username: username === sub ? undefined : username,
        }}
      />
      <UserActions sub={sub} isConfirmed={status !== 'UNCONFIRMED'} />
    </>
  );
}

function Waiting({ waiting, now }: { waiting: readonly WaitingMessage[]; now: number }) {
  return (
    <Section id="messages" title={`Messages in queues (${waiting.length})`}>
      <Table
        label="Messages of this user"
        columns={['Queue', 'Receives', 'Next attempt', 'Body']}
        empty=""
        rows={waiting.map(({ queue, message }) => ({
          key: message.messageId,
          cells: [
            <a href="/console/queues">{queue.name}</a>,
            message.receiveCount,
            queue.isDeadLetterQueue ? (
              'None until a redrive'
            ) : (
              <NextRetry visibleAt={message.visibleAt} now={now} />
            ),
            <details>
              <summary>Body</summary>
              <Json label={`Body of message ${message.messageId}`} value={JSON.parse(message.body)} />
            </details>,
          ],
        }))}
      />
    </Section>
  );
}

function Records({ items }: { items: readonly Item[] }) {
  if (items.length === 0) return <p class="empty">No item of the table contains this user.</p>;
  return items.map((item, index) => (
    <Table
      label={items.length > 1 ? `Item ${index + 1}` : 'Item'}
      columns={['Attribute', 'Type', 'Value']}
      empty=""
      rows={Object.entries(item).map(([name, value]) => ({
        key: `item-${index}-${name}`,
        cells: [name, Object.keys(value).join(), <Value value={value} />],
      }))}
    />
  ));
}

function Value({ value }: { value: AttributeValue }) {
  const plain = plainValue(value);
  return <code class="value">{typeof plain === 'string' ? plain : JSON.stringify(plain, null, 2)}</code>;
}

function Attributes({ user: { attributes } }: { user: PoolUser }) {
  return (
    <Section id="attributes" title="Attributes in Cognito">
      <Facts facts={attributes} />
    </Section>
  );
}

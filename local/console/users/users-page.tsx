import { executionsOfUserHref } from '../executions/executions-page';
import { Paging, SearchField, Section, Table } from '../shared/elements';
import { Badge } from '../shared/status';
import { User } from '../shared/user';
import type { PoolUser, SignUp, UserPage } from './users';

export interface UsersPageProps {
  readonly page: UserPage;
  readonly search: string;
  /** The form as it was filled in, and the reason why it was refused. */
  readonly refused?: { readonly signUp: SignUp; readonly reason: string };
}

/** Not a secret: it only works on this machine. */
const PASSWORD = 'Correct-Horse-7';

const STATUS_LABELS: Record<string, string> = {
  CONFIRMED: 'Confirmed',
  UNCONFIRMED: 'Unconfirmed',
  EXTERNAL_PROVIDER: 'External provider',
};

export function UsersPage({ page: { users, total, page, pages }, search, refused }: UsersPageProps) {
  return (
    <>
      <h1>Users</h1>
      <Section id="sign-up" title="Sign a user up">
        <SignUpForm refused={refused} />
      </Section>
      <Section id="users" title={`Users (${total.toLocaleString('en-US')})`}>
        <search>
          <form class="filter" method="get" action="/console/users">
            <SearchField search={search} />
            <button type="submit">Search</button>
            {search && <a href="/console/users">Clear</a>}
          </form>
        </search>
        <Table
          label="Users, newest first"
          columns={['User', 'Status', 'Group', 'Record', 'Onboarding']}
          empty={search ? 'No user matches.' : 'No users yet: sign one up.'}
          rows={users.map((user) => ({
            key: user.username,
            cells: [
              <User {...user} />,
              STATUS_LABELS[user.status] ?? user.status,
              user.groups.join(', ') || 'None',
              user.hasRecord ? 'Yes' : 'No',
              <Onboarding user={user} />,
            ],
          }))}
        />
        <Paging
          page={page}
          pages={pages}
          href={(number) => `/console/users?${new URLSearchParams({ search, page: String(number) })}`}
        />
      </Section>
    </>
  );
}

function SignUpForm({ refused }: Pick<UsersPageProps, 'refused'>) {
  const { email = '', password = PASSWORD, address = '' } = refused?.signUp ?? {};
  return (
    <form class="filter" method="post" action="/console/users">
      {refused && (
        <p class="alert" role="alert">
          {refused.reason}
        </p>
      )}
      <label>
        E-mail address
        <input
          type="text"
          name="email"
          value={email}
          required
          autocomplete="off"
          placeholder="ada@example.com"
        />
      </label>
      <label>
        Password
        <input type="text" name="password" value={password} required autocomplete="off" />
      </label>
      <label>
        Address (optional)
        <input type="text" name="address" value={address} autocomplete="off" />
      </label>
      <button type="submit" class="primary">
        Sign up and confirm
      </button>
    </form>
  );
}

function Onboarding({ user: { status, groups, hasRecord, sub, email } }: { user: PoolUser }) {
  const isOnboarded = groups.length > 0 && hasRecord;
  return (
    <>
      {isOnboarded ? (
        <Badge tone="succeeded" label="Onboarded" />
      ) : status === 'UNCONFIRMED' ? (
        <Badge tone="not-reached" label="Not confirmed yet" />
      ) : (
        <Badge tone="warning" label="Not onboarded" />
      )}
      <a class="note" href={executionsOfUserHref(sub)} aria-label={`Executions of ${email ?? sub}`}>
        Executions
      </a>
    </>
  );
}

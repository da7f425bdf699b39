import { executionsOfUserHref } from '../executions/links';
import { SearchField, Section } from '../shared/elements';
import { Paging } from '../shared/paging';
import { Table } from '../shared/table';
import { User } from '../shared/user';
import { OnboardingBadge, STATUS_LABELS } from './onboarding-badge';
import { FederatedForm, type Refused, SignUpForm } from './user-forms';
import type { PoolUser, UserList } from './users';

export interface UsersPageProps {
  readonly list: UserList;
  readonly search: string;
  readonly refused?: Refused;
}

export function UsersPage({ list: { users, total, page, pages }, search, refused }: UsersPageProps) {
  return (
    <>
      <h1>Users</h1>
      <Section id="sign-up" title="Sign a user up">
        <SignUpForm refused={refused} />
        <FederatedForm />
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
          rows={users.map((user) => ({ key: user.username, cells: cellsOf(user) }))}
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

function cellsOf(user: PoolUser) {
  const { sub, email, status, groups, items } = user;
  return [
    <User {...user} />,
    STATUS_LABELS[status] ?? status,
    groups.join(', ') || 'None',
    items.length > 0 ? 'Yes' : 'No',
    <>
      <OnboardingBadge user={user} />
      <a class="note" href={executionsOfUserHref(sub)} aria-label={`Executions of ${email ?? sub}`}>
        Executions
      </a>
    </>,
  ];
}

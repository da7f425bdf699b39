import { executionsOfUserHref } from '../executions/links';
import { SearchField, Section, Tabs } from '../shared/elements';
import { Paging } from '../shared/paging';
import { Table } from '../shared/table';
import { User, usersHref } from '../shared/user';
import { OnboardingBadge, STATUS_LABELS } from './onboarding-badge';
import { FederatedForm, type Refused, SignUpForm } from './user-forms';
import type { PoolUser, UserList } from './users';

export interface UsersPageProps {
  readonly list: UserList;
  readonly search: string;
  readonly refused?: Refused;
  readonly userPoolId: string;
  readonly userPoolIds: readonly string[];
  /** Whether an item says that its user is onboarded. */
  readonly hasOnboarding: boolean;
}

export function UsersPage(props: UsersPageProps) {
  const { list, search, refused, userPoolId, userPoolIds, hasOnboarding } = props;
  const { users, total, page, pages } = list;
  return (
    <>
      <h1>Users</h1>
      {userPoolIds.length > 1 && (
        <Tabs label="User pools" names={userPoolIds} current={userPoolId} hrefOf={usersHref} />
      )}
      <Section id="sign-up" title="Sign a user up">
        <SignUpForm refused={refused} userPoolId={userPoolId} />
        <FederatedForm userPoolId={userPoolId} />
      </Section>
      <Section id="users" title={`Users (${total.toLocaleString('en-US')})`}>
        <search>
          <form class="filter" method="get" action="/console/users">
            <input type="hidden" name="pool" value={userPoolId} />
            <SearchField search={search} />
            <button type="submit">Search</button>
            {search && <a href={usersHref(userPoolId)}>Clear</a>}
          </form>
        </search>
        <Table
          label="Users, newest first"
          columns={[
            'User',
            'Status',
            'Group',
            ...(hasOnboarding ? ['Record', 'Onboarding'] : ['Items', 'Executions']),
          ]}
          empty={search ? 'No user matches.' : 'No users yet: sign one up.'}
          rows={users.map((user) => ({ key: user.username, cells: cellsOf(user, hasOnboarding) }))}
        />
        <Paging
          page={page}
          pages={pages}
          href={(number) =>
            `/console/users?${new URLSearchParams({ pool: userPoolId, search, page: String(number) })}`
          }
        />
      </Section>
    </>
  );
}

function cellsOf(user: PoolUser, hasOnboarding: boolean) {
  const { sub, email, status, groups, items } = user;
  return [
    <User {...user} />,
    STATUS_LABELS[status] ?? status,
    groups.join(', ') || 'None',
    hasOnboarding ? (items.length > 0 ? 'Yes' : 'No') : items.length,
    <>
      {hasOnboarding && <OnboardingBadge user={user} />}
      <a class="note" href={executionsOfUserHref(sub)} aria-label={`Executions of ${email ?? sub}`}>
        Executions
      </a>
    </>,
  ];
}

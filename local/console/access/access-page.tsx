import { Kept, Name, Section } from '../shared/elements';
import { count } from '../shared/format';
import { Badge } from '../shared/status';
import { Table } from '../shared/table';
import type { RoleAccess } from './access';
import { Role } from './role';

interface AccessPageProps {
  readonly roles: readonly RoleAccess[];
  /** How many different requests are kept, and how many there were. */
  readonly kept: number;
  readonly added: number;
}

/** What the roles asked for, and what they got. */
export function AccessPage({ roles, kept, added }: AccessPageProps) {
  return (
    <>
      <h1>Access</h1>
      <p>
        What each role asked for since the start. A statement that nothing used may still be needed later.
      </p>
      <Section id="roles" title={`Roles (${roles.length})`}>
        <Kept kept={kept} added={added} one="different request" />
        <Table
          label="Roles"
          columns={['Role', 'Denied', 'Allowed', 'Statements not used']}
          empty="No role has asked for anything yet."
          rows={roles.map((role, index) => ({ key: `role-${index}`, cells: summaryOf(role, index) }))}
        />
      </Section>
      {roles.map((role, index) => (
        <Role {...role} id={idOf(index)} />
      ))}
    </>
  );
}

function summaryOf({ roleName, denied, allowed, unused }: RoleAccess, index: number) {
  return [
    <a class="id" href={`#${idOf(index)}`}>
      {roleName}
    </a>,
    denied.length > 0 ? (
      <Badge tone="failed" label={count(denied.length, 'request')} />
    ) : (
      <Name>Nothing</Name>
    ),
    <Name>{allowed.length > 0 ? count(allowed.length, 'request') : 'Nothing'}</Name>,
    unused.length > 0 ? unused.length : 'None',
  ];
}

const idOf = (index: number) => `access-${index}`;

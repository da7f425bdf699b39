import type { Hono } from 'hono';
import type { ConsoleContext } from '../shared/context';
import { Section, Table } from '../shared/elements';
import { Badge } from '../shared/status';
import { type RoleAccess, readAccess } from './access';

/** `GET /access`: what the roles asked for, and what they got. */
export function addAccessRoutes(app: Hono, { services: { iam }, render }: ConsoleContext): void {
  app.get('/access', (c) => {
    const roles = readAccess(iam);
    const content = (
      <>
        <h1>Access</h1>
        <p>
          What each role asked for since the start. A statement that nothing used may still be needed later.
        </p>
        {roles.map((role, index) => (
          <Role {...role} id={`role-${index}`} />
        ))}
      </>
    );
    return render(c, { title: 'Access', section: 'Access', content });
  });
}

function Role({ roleName, asked, unused, id }: RoleAccess & { id: string }) {
  return (
    <Section id={id} title={roleName}>
      <Table
        label={`Requests of ${roleName}`}
        columns={['Decision', 'Action', 'Resource', 'Decided by', 'Times']}
        empty="This role asked for nothing yet."
        rows={asked.map(({ action, resource, allowed, statement, count }) => ({
          key: `${roleName}-${action}-${resource}-${allowed}-${statement}`,
          cells: [
            allowed ? <Badge tone="succeeded" label="Allowed" /> : <Badge tone="failed" label="Denied" />,
            action,
            <span class="id">{resource}</span>,
            <span class="id">{statement ?? 'No statement allows it'}</span>,
            count,
          ],
        }))}
      />
      <h3>Statements that nothing used</h3>
      {unused.length === 0 ? (
        <p class="empty">None.</p>
      ) : (
        <ul>
          {unused.map((statement) => (
            <li class="id">{statement}</li>
          ))}
        </ul>
      )}
    </Section>
  );
}

import { Section } from '../shared/elements';
import { count } from '../shared/format';
import { Table } from '../shared/table';
import type { AskedAccess, RoleAccess } from './access';

/** The access of one role. What was denied is seen at once. */
export function Role({ roleName, denied, allowed, unused, id }: RoleAccess & { id: string }) {
  return (
    <Section id={id} title={roleName}>
      {denied.length > 0 ? (
        <Requests label={`Denied to ${roleName}`} requests={denied} />
      ) : (
        <p class="empty">Nothing was denied.</p>
      )}
      {allowed.length > 0 && (
        <details>
          <summary>Allowed: {count(allowed.length, 'request')}</summary>
          <Requests label={`Allowed to ${roleName}`} requests={allowed} />
        </details>
      )}
      {unused.length > 0 && (
        <details>
          <summary>{count(unused.length, 'statement')} that nothing used</summary>
          <ul>
            {unused.map(({ place, content }) => (
              <li class="id">
                {content}
                <span class="note">{place}</span>
              </li>
            ))}
          </ul>
        </details>
      )}
    </Section>
  );
}

function Requests({ label, requests }: { label: string; requests: readonly AskedAccess[] }) {
  return (
    <Table
      label={label}
      columns={['Action', 'Resource', 'Decided by', 'Times']}
      empty=""
      rows={requests.map(({ action, resource, statement, times }) => ({
        key: `${label}-${action}-${resource}-${statement?.place}-${statement?.content}`,
        cells: [
          action,
          <span class="id">{resource}</span>,
          statement ? (
            <>
              {statement.content}
              <span class="note id">{statement.place}</span>
            </>
          ) : (
            'No statement allows it'
          ),
          times,
        ],
      }))}
    />
  );
}

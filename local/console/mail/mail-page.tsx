import type { DeliveredMessage } from '../../cognito/messages/messages';
import { Kept, Section } from '../shared/elements';
import { MailTable } from '../shared/mail-table';
import { Paging } from '../shared/paging';

interface MailPageProps {
  readonly items: readonly DeliveredMessage[];
  /** How many match the search. */
  readonly total: number;
  /** How many are kept, and how many were sent. */
  readonly kept: number;
  readonly added: number;
  readonly page: number;
  readonly pages: number;
  readonly search: string;
}

/** The inbox of everybody to whom Cognito would have written. */
export function MailPage({ items, total, kept, added, page, pages, search }: MailPageProps) {
  return (
    <>
      <h1>Mail</h1>
      <Section id="mail" title={`Messages (${total.toLocaleString('en-US')})`}>
        <search>
          <form class="filter" method="get" action="/console/mail">
            <label class="wide">
              Search
              <input type="search" name="search" value={search} placeholder="address or text" />
            </label>
            <button type="submit">Search</button>
            {search && <a href="/console/mail">Clear</a>}
          </form>
        </search>
        <Kept kept={kept} added={added} one="message" />
        <MailTable mail={items} empty={search ? 'No message matches.' : 'Cognito has sent nothing yet.'} />
        <Paging
          page={page}
          pages={pages}
          href={(number) => `/console/mail?${new URLSearchParams({ search, page: String(number) })}`}
        />
      </Section>
    </>
  );
}

import type { DeliveredMessage } from '../../cognito/messages/messages';
import { Paging, Section } from '../shared/elements';
import { MailTable } from '../shared/mail-table';

interface MailPageProps {
  readonly items: readonly DeliveredMessage[];
  readonly total: number;
  readonly page: number;
  readonly pages: number;
  readonly search: string;
}

/** The inbox of everybody to whom Cognito would have written. */
export function MailPage({ items, total, page, pages, search }: MailPageProps) {
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

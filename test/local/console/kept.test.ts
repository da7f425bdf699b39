import { jsonResponse } from '../../../local/aws/api';
import { Newest } from '../../../local/aws/newest';
import { createConsole } from '../../../local/console/console';
import type { ConsoleServices } from '../../../local/console/shared/context';
import { AccessRecord } from '../../../local/iam/access-record';
import { textOf } from '../../support/console-pages';

const time = '2026-11-26T12:00:00.000Z';

const message = { to: 'ada@example.com', medium: 'EMAIL', code: '123456', text: 'Hello', sentAt: time };
const event = { id: 'id', eventBusName: 'default', source: 'shop', 'detail-type': 'Ordered', time };
const line = { functionName: 'handler', at: 0, line: 'Hello' };

/** The text of a page of a console whose stores keep two entries, after a number of them has come. */
async function pageAfter(path: string, number: number): Promise<string> {
  const stores = { messages: new Newest(2), published: new Newest(2), logs: new Newest(2) };
  for (let i = 0; i < number; i += 1) {
    stores.messages.add(message);
    stores.published.add(event);
    stores.logs.add(line);
  }
  const record = new AccessRecord();
  for (let i = 0; i < number; i += 1) {
    const request = { action: 'dynamodb:PutItem', resource: 'table', context: { key: [String(i)] } };
    const decision = { allowed: false };
    record.add({ roleName: 'Writer', statements: [], request, decision, key: String(i) });
  }
  const services = {
    faults: { list: () => [] },
    cognito: { messages: stores.messages, call: async () => jsonResponse({ UserPools: [] }) },
    iam: { record, unused: () => [] },
    events: { published: stores.published },
    lambda: { logs: stores.logs, functionNames: [] },
  };
  const response = await createConsole(services as unknown as ConsoleServices, () => ({})).request(path);
  expect(response.status).toBe(200);
  return textOf(await response.text());
}

test.each([
  ['/mail', 'Messages (2)', 'The newest 2 of 1,005 messages are kept.'],
  ['/events', 'Events (2)', 'The newest 2 of 1,005 events are kept.'],
  ['/logs', 'Lines (2)', 'The newest 2 of 1,005 lines are kept.'],
  ['/access', 'Roles (1)', 'The newest 1,000 of 1,005 different requests are kept.'],
])('%s says when older entries were dropped', async (path, title, note) => {
  const text = await pageAfter(path, 1_005);

  expect(text).toContain(title);
  expect(text).toContain(note);
});

test.each(['/mail', '/events', '/logs', '/access'])(
  '%s says nothing as long as all are kept',
  async (path) => {
    expect(await pageAfter(path, 2)).not.toContain('are kept');
  },
);

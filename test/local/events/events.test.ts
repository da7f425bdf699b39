import { EventBridgeClient, PutEventsCommand, type PutEventsRequestEntry } from '@aws-sdk/client-eventbridge';
import type { PublishedEvent } from '../../../local/events/events';
import { TestCloud } from '../../support/test-cloud';

let cloud: TestCloud;
let client: EventBridgeClient;

beforeAll(async () => {
  cloud = await TestCloud.startEmpty();
  client = new EventBridgeClient({
    endpoint: cloud.endpoint,
    region: 'us-east-1',
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
    maxAttempts: 1,
  });
});

afterAll(async () => {
  client.destroy();
  await cloud.close();
});
afterEach(() => cloud.setFaults([]));

const ENTRY = { Source: 'shop', DetailType: 'OrderPlaced', Detail: '{"order":1}' };
const put = (...Entries: PutEventsRequestEntry[]) => client.send(new PutEventsCommand({ Entries }));
const published = () => cloud.get<PublishedEvent[]>('/_local/events');

test('an event is shown as the targets of a rule would get it, newest first', async () => {
  await put({ ...ENTRY, Time: new Date('2026-11-26T12:00:00Z'), Resources: ['arn:order'] });
  const { Entries, FailedEntryCount } = await put({ ...ENTRY, Detail: '{"order":2}' });

  const [newest, older] = await published();
  expect(FailedEntryCount).toBe(0);
  expect(newest).toMatchObject({ id: Entries?.[0]?.EventId, detail: { order: 2 }, resources: [] });
  expect(older).toEqual({
    eventBusName: 'default',
    version: '0',
    id: expect.any(String),
    'detail-type': 'OrderPlaced',
    source: 'shop',
    account: '000000000000',
    time: '2026-11-26T12:00:00Z',
    region: 'us-east-1',
    resources: ['arn:order'],
    detail: { order: 1 },
  });
});

test.each<[string, Partial<PutEventsRequestEntry>, object]>([
  ['without a source', { Source: undefined }, { ErrorCode: 'InvalidArgument' }],
  ['with an empty type', { DetailType: '' }, { ErrorCode: 'InvalidArgument' }],
  ['without a detail', { Detail: undefined }, { ErrorCode: 'InvalidArgument' }],
  ['with a detail that is no JSON', { Detail: '{' }, { ErrorCode: 'MalformedDetail' }],
  ['with a detail that is no object', { Detail: '[]' }, { ErrorCode: 'MalformedDetail' }],
  ['with the source of AWS', { Source: 'aws.cognito' }, { ErrorCode: 'NotAuthorizedForSource' }],
])('an entry %s is refused, and the others are taken', async (_, member, error) => {
  const count = (await published()).length;

  const { Entries, FailedEntryCount } = await put(ENTRY, { ...ENTRY, ...member });

  expect(FailedEntryCount).toBe(1);
  expect(Entries).toEqual([{ EventId: expect.any(String) }, expect.objectContaining(error)]);
  expect(await published()).toHaveLength(count + 1);
});

test('an event for an event bus that does not exist is taken, and lost', async () => {
  const count = (await published()).length;

  const { FailedEntryCount } = await put({ ...ENTRY, EventBusName: 'nobody' });

  expect(FailedEntryCount).toBe(0);
  expect(await published()).toHaveLength(count);
});

test.each([
  ['no entries', []],
  ['more than ten', Array.from({ length: 11 }, () => ENTRY)],
  ['entries that are too large together', [{ ...ENTRY, Detail: JSON.stringify('x'.repeat(256 * 1024)) }]],
])('%s are refused', async (_, entries) => {
  await expect(put(...entries)).rejects.toMatchObject({ name: 'ValidationException' });
});

test('a fault makes PutEvents fail', async () => {
  await cloud.setFaults([{ action: 'events:PutEvents', error: 'InternalException' }]);

  await expect(put(ENTRY)).rejects.toMatchObject({ name: 'InternalException' });
});

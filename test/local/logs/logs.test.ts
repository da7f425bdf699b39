import { Logs } from '../../../local/logs/logs';

const logs = new Logs([
  (name) =>
    name === 'known'
      ? [
          { logStreamName: 'b', timestamp: 2, message: '{"sub":"one-two"}' },
          { logStreamName: 'a', timestamp: 1, message: 'one' },
        ]
      : [],
]);
logs.createLogGroup('empty');

async function filter(input: Record<string, unknown>) {
  const { body } = await logs.call({ action: 'FilterLogEvents', input });
  return JSON.parse(body);
}

test.each([
  ['', ['one', '{"sub":"one-two"}']],
  ['"one-two"', ['{"sub":"one-two"}']],
  ['one two', ['{"sub":"one-two"}']],
  ['"one two"', []],
])('the pattern %j finds terms and texts, oldest first', async (filterPattern, messages) => {
  const { events } = await filter({ logGroupName: 'known', filterPattern });

  expect(events.map(({ message }: { message: string }) => message)).toEqual(messages);
});

test('answers page by page, since a time', async () => {
  const first = await filter({ logGroupName: 'known', limit: 1 });
  const second = await filter({ logGroupName: 'known', limit: 1, nextToken: first.nextToken });

  expect([first, second].map(({ events }) => events[0].timestamp)).toEqual([1, 2]);
  expect(second.nextToken).toBeUndefined();
  expect((await filter({ logGroupName: 'known', startTime: 2 })).events).toHaveLength(1);
});

test('knows log groups without lines, and no others', async () => {
  expect((await filter({ logGroupName: 'empty' })).events).toEqual([]);
  await expect(filter({ logGroupName: 'other' })).rejects.toMatchObject({
    code: 'ResourceNotFoundException',
  });
});

test('refuses a pattern of another kind instead of misreading it', async () => {
  await expect(filter({ logGroupName: 'known', filterPattern: '{ $.sub = "1" }' })).rejects.toMatchObject({
    code: 'InvalidParameterException',
    message: expect.stringContaining('{ $.sub = "1" }'),
  });
});

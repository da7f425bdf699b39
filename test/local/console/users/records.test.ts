import { type AwsService, jsonResponse } from '../../../../local/aws/api';
import { type Item, itemsOf } from '../../../../local/console/users/records';

const SUB = 'b2d7c9a0-0000-4000-8000-000000000001';

/** How many of some items are about a user. */
async function found(username: string, ...Items: Item[]): Promise<number> {
  const dynamodb = { call: async () => jsonResponse({ Items }) } as unknown as AwsService;
  const items = await itemsOf(dynamodb, ['Table'], [{ sub: SUB, username }]);
  return items.get(SUB)?.length ?? 0;
}

test('finds a sub in a part of a value, and a username that is a whole value', async () => {
  const key = { PK: { S: `USER#${SUB}` } };
  const list = { owners: { L: [{ M: { user: { S: 'ada' } } }] } };

  expect(await found('ada', key, list, { PK: { S: 'adam' } })).toBe(2);
});

test.each(['PK', 'S', 'name'])(
  'does not take the name of an attribute for the username: %s',
  async (username) => {
    const nested = { PK: { S: 'x' }, profile: { M: { name: { S: 'y' } } } };

    expect(await found(username, nested)).toBe(0);
  },
);

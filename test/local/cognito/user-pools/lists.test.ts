import { BY_EMAIL, CognitoApp } from '../../../support/cognito-app';

const COUNT = 65;

let app: CognitoApp;

beforeAll(async () => {
  app = await CognitoApp.create({ pool: BY_EMAIL });
  await app.asAdmin('CreateGroup', { GroupName: 'all' });
  await app.signUp('ada@example.com');
  for (let i = 1; i < COUNT; i += 1) {
    const name = String(i).padStart(2, '0');
    await app.call('CreateUserPool', { PoolName: `pool ${name}` });
    await app.addClient({ ClientName: `client ${name}` });
    await app.asAdmin('CreateGroup', { GroupName: `group ${name}` });
    await app.asAdmin('AdminAddUserToGroup', { GroupName: `group ${name}`, Username: 'ada@example.com' });
    await app.signUp(`${name}@example.com`);
    await app.asAdmin('AdminAddUserToGroup', { GroupName: 'all', Username: `${name}@example.com` });
  }
  await app.asAdmin('AdminAddUserToGroup', { GroupName: 'all', Username: 'ada@example.com' });
  await app.asAdmin('AdminAddUserToGroup', { GroupName: 'all', Username: 'ada@example.com' });
});

interface List {
  readonly action: string;
  readonly input: Record<string, unknown>;
  readonly items: string;
  readonly limit: string;
  readonly token: string;
  readonly count: number;
}

const group = { items: 'Groups', limit: 'Limit', token: 'NextToken' };
const LISTS: List[] = [
  { action: 'ListUsers', input: {}, items: 'Users', limit: 'Limit', token: 'PaginationToken', count: COUNT },
  { action: 'ListGroups', input: {}, ...group, count: COUNT },
  { action: 'AdminListGroupsForUser', input: { Username: 'ada@example.com' }, ...group, count: COUNT },
  { action: 'ListUsersInGroup', input: { GroupName: 'all' }, ...group, items: 'Users', count: COUNT },
  {
    action: 'ListUserPools',
    input: { MaxResults: 60 },
    items: 'UserPools',
    limit: 'MaxResults',
    token: 'NextToken',
    count: COUNT,
  },
  {
    action: 'ListUserPoolClients',
    input: {},
    items: 'UserPoolClients',
    limit: 'MaxResults',
    token: 'NextToken',
    count: COUNT,
  },
];

const pagesOf = async ({ action, input, items, limit, token }: List, size?: number) => {
  const pages: unknown[][] = [];
  let next: unknown;
  do {
    const sent = { ...input, ...(size && { [limit]: size }), ...(next !== undefined && { [token]: next }) };
    const page = await app.asAdmin(action, sent);
    pages.push(page[items] as unknown[]);
    next = page[token];
  } while (next !== undefined);
  return pages;
};

test.each(LISTS)('$action has up to 60 items a page, each once', async (list) => {
  const pages = await pagesOf(list);

  expect(pages.map(({ length }) => length)).toEqual([60, list.count - 60]);
  expect(new Set(pages.flat().map((item) => JSON.stringify(item))).size).toBe(list.count);
});

test.each(LISTS)('$action takes $limit', async (list) => {
  const pages = await pagesOf(list, 13);

  expect(pages.map(({ length }) => length)).toEqual([13, 13, 13, 13, 13]);
});

test.each(LISTS)('$action refuses a bad $limit or $token', async ({ action, input, limit, token }) => {
  for (const value of [0, 61, -1]) {
    await expect(app.asAdmin(action, { ...input, [limit]: value })).rejects.toMatchObject({
      code: 'InvalidParameterException',
      message: `${limit} is from 1 to 60, not ${value}`,
    });
  }
  await expect(app.asAdmin(action, { ...input, [token]: 'invented' })).rejects.toMatchObject({
    code: 'InvalidParameterException',
    message: 'Invalid pagination token.',
  });
});

test('groups do not tell their members', async () => {
  const { Groups } = await app.asAdmin('ListGroups', { Limit: 1 });

  expect(Groups).toEqual([
    {
      GroupName: 'all',
      UserPoolId: app.userPoolId,
      CreationDate: expect.any(Date),
      LastModifiedDate: expect.any(Date),
    },
  ]);
});

test.each([
  ['AdminListGroupsForUser', { Username: 'nobody' }, 'UserNotFoundException'],
  ['ListUsersInGroup', { GroupName: 'none' }, 'ResourceNotFoundException'],
])('%s of what is not there', async (action, input, code) => {
  await expect(app.asAdmin(action, input)).rejects.toMatchObject({ code });
});

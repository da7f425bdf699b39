import { type AwsCall, AwsError, jsonResponse } from '../../../../local/aws/api';
import { findUser, type UserServices, userList } from '../../../../local/console/users/users';

const resources = {
  userPoolId: 'pool',
  userPoolClientId: 'web',
  userPoolIds: ['pool'],
  tableNames: [],
  eventPendingAttributes: [],
  hasOnboarding: true,
};

const userOf = (Username: string) => ({
  Username,
  Attributes: [{ Name: 'sub', Value: `sub-of-${Username}` }],
  UserCreateDate: new Date(0),
});

/** Cognito, in which ada is deleted after the users were listed. */
function servicesWith(code: string): UserServices {
  const call = async ({ input }: AwsCall) => {
    if (input.Username === 'ada') throw new AwsError(code, 'ada is not here');
    return jsonResponse({ Groups: [{ GroupName: 'users' }] });
  };
  const listUsers = async () => ['ada', 'grace'].map(userOf);
  return { cognito: { call, listUsers } } as unknown as UserServices;
}

test('a user who is deleted while a page is made is left out of it', async () => {
  const services = servicesWith('UserNotFoundException');

  expect(await findUser(services, resources, 'ada')).toBeUndefined();
  const { users } = await userList(services, resources, { search: '', page: 1 });
  expect(users).toMatchObject([{ username: 'grace', groups: ['users'] }]);
});

test('another error is not hidden', async () => {
  const services = servicesWith('InternalErrorException');

  await expect(findUser(services, resources, 'ada')).rejects.toThrow('ada is not here');
});

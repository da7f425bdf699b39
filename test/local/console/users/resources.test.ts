import { type AwsCall, jsonResponse } from '../../../../local/aws/api';
import type { ConsoleContext } from '../../../../local/console/shared/context';
import { findResources } from '../../../../local/console/users/resources';

const ada = { Username: 'ada', Attributes: [{ Name: 'sub', Value: 'sub-of-ada' }] };

test.each(['ada', 'sub-of-ada'])('finds the user pool of %s without reading a table', async (user) => {
  const asked: string[] = [];
  const answers: Record<string, unknown> = {
    ListUserPools: { UserPools: [{ Id: 'first' }, { Id: 'second' }] },
    ListUserPoolClients: { UserPoolClients: [{ ClientId: 'web' }] },
    ListTables: { TableNames: ['Orders'] },
  };
  const call = async ({ action }: AwsCall) => {
    asked.push(action);
    return jsonResponse(answers[action] ?? { Items: [], Groups: [] });
  };
  const listUsers = async (id: string) => (id === 'second' ? [ada] : []);
  const services = { cognito: { call, listUsers }, dynamodb: { call }, stepFunctions: { stateMachines: [] } };
  const context = { services, outputs: () => ({}) } as unknown as ConsoleContext;

  expect(await findResources(context, { user })).toEqual({
    userPoolId: 'second',
    userPoolIds: ['first', 'second'],
    userPoolClientId: 'web',
    tableNames: ['Orders'],
    eventPendingAttributes: [],
    hasOnboarding: false,
  });
  expect(asked).not.toContain('Scan');
});

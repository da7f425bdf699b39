import { grantsOf } from './grants';

const statement = { Effect: 'Allow', Action: 'sqs:SendMessage', Resource: '*' };
const role = (Properties: object) => ({ Worker: { Type: 'AWS::IAM::Role', Properties: { ...Properties } } });
const policy = (...names: string[]) => ({
  Policy: {
    Type: 'AWS::IAM::Policy',
    Properties: { Roles: names.map((Ref) => ({ Ref })), PolicyDocument: { Statement: statement } },
  },
});

test('every permission of a policy is listed', () => {
  expect(grantsOf({ Resources: { ...role({}), ...policy('Worker') } })).toEqual([
    { policy: 'Policy', role: 'Worker', statement: 0, action: 'sqs:SendMessage', resource: '*' },
  ]);
});

test.each<[string, object, string]>([
  ['a policy of its own', role({ Policies: [{}] }), 'Worker has Policies'],
  ['a managed policy', role({ ManagedPolicyArns: ['arn'] }), 'Worker has ManagedPolicyArns'],
  ['a policy beside another role', policy('Worker', 'Other'), 'Policy is a policy of several roles'],
])('a role with %s is an error, since its permissions would not be listed', (_, resources, message) => {
  expect(() => grantsOf({ Resources: { ...role({}), ...resources } })).toThrow(message);
});

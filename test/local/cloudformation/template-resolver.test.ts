import { resolverOf } from '../../support/resolver';

const resolver = resolverOf({
  Resources: {
    Users: { Type: 'AWS::Cognito::UserPool' },
    Table: {
      Type: 'AWS::DynamoDB::Table',
      Properties: { TableName: { 'Fn::Sub': '${AWS::StackName}-users' } },
    },
    Retry: { Type: 'AWS::SQS::Queue' },
    Machine: { Type: 'AWS::StepFunctions::StateMachine' },
    Thing: { Type: 'Custom::Thing' },
  },
});

test.each([
  ['Ref', { Ref: 'Retry' }, 'http://127.0.0.1:4566/000000000000/Stack-Retry'],
  ['Ref of a name in the template', { Ref: 'Table' }, 'Stack-users'],
  ['Ref of a pseudo parameter', { Ref: 'AWS::AccountId' }, '000000000000'],
  [
    'Fn::GetAtt',
    { 'Fn::GetAtt': ['Machine', 'Arn'] },
    'arn:aws:states:us-east-1:000000000000:stateMachine:Stack-Machine',
  ],
  ['Fn::Join', { 'Fn::Join': ['/', ['a', { Ref: 'AWS::Region' }]] }, 'a/us-east-1'],
  ['Fn::Sub of a literal', { 'Fn::Sub': 'USER#${!aws:PrincipalTag/sub}' }, 'USER#${aws:PrincipalTag/sub}'],
  ['Fn::Sub', { 'Fn::Sub': 'in ${AWS::Region}: ${Retry.QueueName}' }, 'in us-east-1: Stack-Retry'],
  ['Fn::Sub with variables', { 'Fn::Sub': ['${a}', { a: { Ref: 'Table' } }] }, 'Stack-users'],
  ['Fn::Select and Fn::Split', { 'Fn::Select': [1, { 'Fn::Split': [',', 'a,b'] }] }, 'b'],
  ['nested values', [{ a: { Ref: 'Table' } }, 1, null], [{ a: 'Stack-users' }, 1, null]],
])('resolves %s', (_, value, resolved) => {
  expect(resolver.resolve(value)).toEqual(resolved);
});

test('gives a user pool the same id at every start', () => {
  expect(resolver.resolve({ Ref: 'Users' })).toMatch(/^us-east-1_[0-9a-z]{9}$/);
  expect(resolver.resolve({ Ref: 'Users' })).toBe(resolver.identityOf('Users').ref);
});

test.each([
  ['an unknown function', { 'Fn::Transform': { Name: 'AWS::Include' } }, 'Fn::Transform'],
  ['a resource that is not there', { Ref: 'Nope' }, 'no resource Nope'],
  ['an attribute it does not know', { 'Fn::GetAtt': ['Table', 'StreamArn'] }, 'Table.StreamArn'],
  ['a custom resource that is not there yet', { Ref: 'Thing' }, 'Custom::Thing'],
])('names %s', (_, value, message) => {
  expect(() => resolver.resolve(value)).toThrow(message);
});

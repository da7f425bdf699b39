import { resolverOf } from '../../../support/resolver';

const resolver = resolverOf({
  Parameters: {
    Stage: { Type: 'String', Default: 'dev' },
    Zones: { Type: 'CommaDelimitedList', Default: 'a, b' },
    Size: { Type: 'Number', Default: 5 },
    Secret: { Type: 'String' },
    Image: { Type: 'AWS::SSM::Parameter::Value<String>', Default: '/image' },
  },
  Mappings: { Sizes: { dev: { size: 'small', zones: ['a'] } } },
  Conditions: {
    IsDev: { 'Fn::Equals': [{ Ref: 'Stage' }, 'dev'] },
    IsBig: { 'Fn::Not': [{ Condition: 'IsDev' }] },
    Either: { 'Fn::Or': [{ Condition: 'IsBig' }, { Condition: 'IsDev' }] },
    Both: { 'Fn::And': [{ Condition: 'IsBig' }, { Condition: 'IsDev' }] },
    IsFive: { 'Fn::Equals': [{ Ref: 'Size' }, 5] },
  },
  Resources: {
    Users: { Type: 'AWS::Cognito::UserPool' },
    Table: {
      Type: 'AWS::DynamoDB::Table',
      Properties: { TableName: { 'Fn::Sub': '${AWS::StackName}-users' } },
    },
    Retry: { Type: 'AWS::SQS::Queue' },
    Machine: { Type: 'AWS::StepFunctions::StateMachine' },
    Bucket: { Type: 'AWS::S3::Bucket' },
    Unknown: { Type: 'AWS::New::Thing' },
    Nowhere: { Type: 'AWS::S3::Bucket', Condition: 'IsBig' },
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
  ['a parameter', { Ref: 'Stage' }, 'dev'],
  ['a number as a parameter, which is text', { Ref: 'Size' }, '5'],
  ['a list as a parameter', { 'Fn::Join': ['-', { Ref: 'Zones' }] }, 'a-b'],
  ['Fn::FindInMap', { 'Fn::FindInMap': ['Sizes', { Ref: 'Stage' }, 'size'] }, 'small'],
  ['Fn::FindInMap of a list', { 'Fn::FindInMap': ['Sizes', 'dev', 'zones'] }, ['a']],
  [
    'Fn::FindInMap with a default',
    { 'Fn::FindInMap': ['Sizes', 'prod', 'size', { DefaultValue: 'big' }] },
    'big',
  ],
  ['Fn::If', { 'Fn::If': ['IsDev', 'yes', { 'Fn::ImportValue': 'nobody reads this' }] }, 'yes'],
  ['Fn::If by Fn::Not', { 'Fn::If': ['IsBig', 'yes', 'no'] }, 'no'],
  ['Fn::If by Fn::Or', { 'Fn::If': ['Either', 'yes', 'no'] }, 'yes'],
  ['Fn::If by Fn::And', { 'Fn::If': ['Both', 'yes', 'no'] }, 'no'],
  ['Fn::Equals of a number and its text', { 'Fn::If': ['IsFive', 'yes', 'no'] }, 'yes'],
  [
    'no value in an object',
    { a: { 'Fn::If': ['IsBig', 'yes', { Ref: 'AWS::NoValue' }] }, b: [{ Ref: 'AWS::NoValue' }, 1] },
    { b: [1] },
  ],
  ['no value at the top', { Ref: 'AWS::NoValue' }, undefined],
  ['Fn::GetAZs', { 'Fn::GetAZs': '' }, ['us-east-1a', 'us-east-1b', 'us-east-1c']],
  ['Fn::GetAZs of a region', { 'Fn::Select': ['0', { 'Fn::GetAZs': 'eu-west-1' }] }, 'eu-west-1a'],
  ['Fn::Base64', { 'Fn::Base64': { Ref: 'Stage' } }, 'ZGV2'],
  ['Fn::Cidr', { 'Fn::Cidr': ['10.0.0.0/16', 3, '8'] }, ['10.0.0.0/24', '10.0.1.0/24', '10.0.2.0/24']],
  ['Fn::ToJsonString', { 'Fn::ToJsonString': { a: { Ref: 'Stage' } } }, '{"a":"dev"}'],
  ['Fn::Length', { 'Fn::Length': { Ref: 'Zones' } }, 2],
  ['a condition of a policy as it is', { Condition: { Bool: {} } }, { Condition: { Bool: {} } }],
  ['Fn::GetAtt of a bucket', { 'Fn::GetAtt': 'Bucket.Arn' }, 'arn:aws:s3:::stack-bucket'],
  ['Ref of a type that it does not know', { Ref: 'Unknown' }, 'Stack-Unknown'],
  [
    'an ARN of a type that it does not know',
    { 'Fn::GetAtt': ['Unknown', 'ThingArn'] },
    'arn:aws:new:us-east-1:000000000000:thing/Stack-Unknown',
  ],
  [
    'a URL of a type that it does not know',
    { 'Fn::GetAtt': ['Unknown', 'Endpoint.Url'] },
    'https://stack-unknown.new.us-east-1.amazonaws.com',
  ],
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
  ['a parameter without a value', { Ref: 'Secret' }, 'parameter Secret has no default'],
  ['a parameter of the parameter store that is not there', { Ref: 'Image' }, 'under /image'],
  ['a missing entry of a mapping', { 'Fn::FindInMap': ['Sizes', 'prod', 'size'] }, 'Sizes has no prod.size'],
  ['a condition that is not there', { 'Fn::If': ['IsOdd', 1, 2] }, 'no condition IsOdd'],
  ['a resource whose condition does not hold', { Ref: 'Nowhere' }, 'condition IsBig does not hold'],
  ['an item that is not there', { 'Fn::Select': [2, ['a']] }, 'no item 2'],
  ['a network without room', { 'Fn::Cidr': ['10.0.0.0/24', 2, 8] }, 'no room for 2 blocks'],
  ['a network of IPv6', { 'Fn::Cidr': ['fd00::/8', 2, 8] }, 'not a network of IPv4'],
  ['a resource that is not there', { Ref: 'Nope' }, 'no resource Nope'],
  ['an attribute it does not know', { 'Fn::GetAtt': ['Table', 'StreamArn'] }, 'Table.StreamArn'],
  ['a custom resource that is not there yet', { Ref: 'Thing' }, 'Custom::Thing'],
])('names %s', (_, value, message) => {
  expect(() => resolver.resolve(value)).toThrow(message);
});

test.each([
  ['AWS::DynamoDB::Table', 255],
  ['AWS::IAM::Role', 64],
  ['AWS::Lambda::Function', 64],
  ['AWS::SQS::Queue', 80],
  ['AWS::Scheduler::Schedule', 64],
  ['AWS::StepFunctions::StateMachine', 80],
])('a generated name of %s has at most %i characters, and is its own', (Type, limit) => {
  const template = { Resources: { Orders: { Type }, Invoices: { Type } } };
  const resolver = resolverOf(template, 'Shop'.repeat(100));
  const nameOf = (id: string) => String(resolver.ref(id)).split(/[:/]/).at(-1);

  expect(nameOf('Orders')).toHaveLength(limit);
  expect(nameOf('Orders')).not.toBe(nameOf('Invoices'));
});

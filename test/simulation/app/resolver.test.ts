import { Resolver } from '../../../simulation/app/resolver';

const resolver = new Resolver({ Resources: { Table: { Type: 'AWS::DynamoDB::Table' } } });

test.each([
  [{ 'Fn::Sub': 'table/${Table}' }, 'table/Table'],
  [{ 'Fn::GetAtt': ['Table', 'Arn'] }, 'arn:aws:dynamodb:us-east-1:000000000000:table/Table'],
])('resolves %j', (value, resolved) => {
  expect(resolver.resolve(value)).toBe(resolved);
});

test.each([
  { 'Fn::Sub': ['${Name}', { Name: 'Table' }] },
  { 'Fn::Sub': '${Table.Arn}' },
  { 'Fn::Sub': '${!Table}' },
  { 'Fn::GetAtt': 'Table.Arn' },
  { 'Fn::GetAtt': ['Table', 'Stream', 'Arn'] },
])('refuses the form %j, which it would misread', (value) => {
  expect(() => resolver.resolve(value)).toThrow('the simulation does not know this form of Fn::');
});

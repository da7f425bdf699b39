import type { Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { OnboardingStack } from '../../infra/onboarding-stack';
import { testApp } from '../support/stack';

function stackWith(context: Record<string, unknown>, env?: { region: string }): Stack {
  const app = testApp();
  for (const [key, value] of Object.entries(context)) app.node.setContext(key, value);
  return new OnboardingStack(app, 'UserOnboarding', { env });
}

const ADOPTED = {
  attachTrigger: 'false',
  userPoolId: 'us-east-1_Ab12Cd34E',
  group: 'members',
  tableName: 'accounts',
  requireVerifiedEmail: 'true',
};

test('adopts the given resources, and creates the rest', () => {
  const template = Template.fromStack(stackWith({ tableName: 'accounts', deletionProtection: 'true' }));

  template.hasResourceProperties('AWS::Cognito::UserPool', { DeletionProtection: 'ACTIVE' });
  template.resourceCountIs('AWS::Cognito::UserPool', 1);
  template.resourceCountIs('AWS::Cognito::UserPoolGroup', 1);
  template.resourceCountIs('AWS::DynamoDB::Table', 0);
});

test.each([
  [{}, 'identity/hello@example.com'],
  [{ sesVerifiedDomain: 'example.com' }, 'identity/example.com'],
])('sends e-mail with SES, %j', (context, identity) => {
  const template = Template.fromStack(stackWith({ sesFromEmail: 'hello@example.com', ...context }));

  const [pool] = Object.values(template.findResources('AWS::Cognito::UserPool'));
  expect(pool?.Properties.EmailConfiguration).toMatchObject({
    EmailSendingAccount: 'DEVELOPER',
    From: 'hello@example.com',
  });
  expect(JSON.stringify(pool?.Properties.EmailConfiguration.SourceArn)).toContain(`:${identity}`);
});

test('adopts everything', () => {
  const template = Template.fromStack(stackWith(ADOPTED));

  for (const type of ['Cognito::UserPool', 'Cognito::UserPoolGroup', 'DynamoDB::Table']) {
    template.resourceCountIs(`AWS::${type}`, 0);
  }
  template.resourceCountIs('Custom::PostConfirmationTrigger', 0);
  expect(Object.keys(template.findOutputs('*'))).not.toContain('UserPoolClientId');
});

test('reads every value', () => {
  const template = Template.fromStack(
    stackWith({
      ...ADOPTED,
      userPoolClientId: 'client',
      createGroups: 'true',
      attachTrigger: 'true',
      replaceTrigger: 'true',
      tableKeyArn: 'arn:aws:kms:us-east-1:123456789012:key/table',
      record: '{"key":{"id":"<sub>"},"attributes":{"email":"<email>"}}',
      requireVerifiedEmail: 'false',
      retriesPerSecond: '4',
      reconciliationsPerSecond: '2.5',
      reconciliationSchedule: 'cron(0 * * * ? *)',
      logExecutionData: 'false',
      executionLogLevel: 'ERROR',
      tracing: 'false',
      encryptionKeyArn: 'arn:aws:kms:us-east-1:123456789012:key/onboarding',
      alarmTopicArn: 'arn:aws:sns:us-east-1:123456789012:alarms',
      noticeTopicArn: 'arn:aws:sns:us-east-1:123456789012:notices',
    }),
  );
  const text = JSON.stringify(template.toJSON());

  for (const value of [
    '"members"',
    '"client"',
    'key/table',
    'key/onboarding',
    ':123456789012:alarms',
    ':123456789012:notices',
  ]) {
    expect(text).toContain(value);
  }
  expect(text).toContain(JSON.stringify({ RECORD_KEY: '{"id":"<sub>"}' }).slice(1, -1));
  expect(text).toContain(JSON.stringify({ USER_ATTRIBUTES: '["email"]' }).slice(1, -1));
  expect(text).toContain('"IncludeExecutionData":false');
  expect(text).not.toContain('"Level":"ALL"');
  expect(text).not.toContain('"TracingConfig"');
  expect(text).toContain('"MILLISECONDS_PER_USER":"500"');
  expect(text).toContain('"MILLISECONDS_PER_USER":"400"');
  expect(text).toContain('"ScheduleExpression":"cron(0 * * * ? *)"');
  expect(text).toContain('"ReplaceTrigger":true');
  expect(text).toContain('"REQUIRE_VERIFIED_EMAIL":"false"');
  template.resourceCountIs('AWS::Cognito::UserPoolGroup', 1);
});

test.each<[Record<string, unknown>, string]>([
  [
    { userPoolId: 'my-pool' },
    'context userPoolId must be the id of a user pool, such as us-east-1_Ab12Cd34E, got: "my-pool"',
  ],
  [{ userPoolId: '' }, 'got: ""'],
  [{ tableName: 'arn:aws:dynamodb:us-east-1:123456789012:table/users' }, 'the name of a table, not its ARN'],
  [{ executionLogLevel: 'all' }, 'ALL, ERROR, FATAL or OFF, got: "all"'],
  [{ createGroups: 'yes' }, 'context createGroups must be true or false, got: "yes"'],
  [{ ...ADOPTED, attachTrigger: '1' }, 'got: "1"'],
  [{ sesFromEmail: 'example.com' }, 'context sesFromEmail must be an e-mail address, got: "example.com"'],
  [{ sesVerifiedDomain: 'example.com' }, 'sesVerifiedDomain needs sesFromEmail'],
  [{ retriesPerSecond: 'many' }, 'context retriesPerSecond must be a number, got: "many"'],
  [{ reconciliationSchedule: 'daily' }, 'cron(…) or rate(…), such as "cron(30 2 * * ? *)", got: "daily"'],
  [{ alarmTopicArn: 'alarms' }, 'the ARN of an SNS topic, got: "alarms"'],
  [{ encryptionKeyArn: 'alias/key' }, 'the ARN of a KMS key, got: "alias/key"'],
  [
    { userPoolClientId: 'client', createGroups: 'true' },
    'userPoolClientId needs userPoolId: pass -c userPoolId=…',
  ],
  [{ tableKeyArn: 'arn:aws:kms:us-east-1:123456789012:key/table' }, 'tableKeyArn needs tableName'],
  [{ attachTrigger: 'true' }, 'attachTrigger needs userPool'],
  [{ ...ADOPTED, attachTrigger: undefined }, 'attachTrigger must be true or false'],
  [{ record: '{"key":' }, 'context record must be an object in JSON with key and attributes, got: "{"key":"'],
  [{ record: '{key}' }, 'context record must be JSON, got: {key}'],
  [{ groupName: 'users' }, 'context groupName is not known any more: pass group instead'],
  [{ createGroup: 'true' }, 'context createGroup is not known any more: pass createGroups instead'],
  [{ partitionKey: 'id' }, 'context partitionKey is not known any more: pass record, such as -c record='],
  [{ sortKey: 'false' }, 'context sortKey is not known any more: pass record, such as -c record='],
  [{ userpoolid: 'us-east-1_Ab12Cd34E' }, 'context userpoolid is not known, did you mean userPoolId?'],
  [{ 'table-name': 'users' }, 'did you mean tableName?'],
])('refuses %j', (context, message) => {
  expect(() => stackWith(context)).toThrow(message);
});

test('refuses a user pool in another region', () => {
  expect(() => stackWith(ADOPTED, { region: 'eu-west-1' })).toThrow(
    'userPoolId must be in the stack\'s region eu-west-1, got: "us-east-1_Ab12Cd34E"',
  );
});

test('no group', () => {
  const template = Template.fromStack(stackWith({ group: 'false' }));

  template.resourceCountIs('AWS::Cognito::UserPoolGroup', 0);
  expect(Object.keys(template.findOutputs('*'))).not.toContain('GroupName');
});

test('accepts a record from cdk.json, which may be an object', () => {
  const record = { key: { id: '<sub>' }, attributes: { plan: 'free' } };

  Template.fromStack(stackWith({ record })).hasResourceProperties('AWS::DynamoDB::Table', {
    KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
  });
});

test('accepts values from cdk.json, which may be booleans', () => {
  const stack = new OnboardingStack(testApp({ ...ADOPTED, createGroups: true }), 'UserOnboarding');

  Template.fromStack(stack).resourceCountIs('AWS::Cognito::UserPoolGroup', 1);
});

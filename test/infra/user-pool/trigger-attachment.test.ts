import { Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { UserPool } from 'aws-cdk-lib/aws-cognito';
import { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { allow } from '../../../infra/access/allow';
import { resolveSettings } from '../../../infra/settings/onboarding-settings';
import { TriggerAttachment, type TriggerAttachmentProps } from '../../../infra/user-pool/trigger-attachment';
import { testApp } from '../../support/stack';

const TRIGGER_ARN = 'arn:aws:lambda:us-east-1:000000000000:function:trigger';
const POOL_ARN = {
  'Fn::Join': [
    '',
    [
      'arn:',
      { Ref: 'AWS::Partition' },
      ':cognito-idp:',
      { Ref: 'AWS::Region' },
      ':',
      { Ref: 'AWS::AccountId' },
      ':userpool/us-east-1_Existing1',
    ],
  ],
};

function synthesize(props: Partial<TriggerAttachmentProps> = {}) {
  const stack = new Stack(testApp(), 'Stack');
  const attachment = new TriggerAttachment(stack, 'Attachment', {
    userPool: UserPool.fromUserPoolId(stack, 'UserPool', 'us-east-1_Existing1'),
    triggerFunction: LambdaFunction.fromFunctionArn(stack, 'Trigger', TRIGGER_ARN),
    settings: resolveSettings({}),
    ...props,
  });
  return { attachment, template: () => Template.fromStack(stack) };
}

function onlyResource(template: Template, type: string) {
  const [entry, ...others] = Object.entries(template.findResources(type));
  expect(others).toEqual([]);
  const [logicalId, { Properties, DependsOn } = {}] = entry ?? [];
  return { logicalId, Properties, DependsOn };
}

const template = synthesize().template();

test('asks its function to attach this trigger to this user pool', () => {
  template.hasResourceProperties('Custom::PostConfirmationTrigger', {
    ServiceToken: { 'Fn::GetAtt': [Match.stringLikeRegexp('AttachTriggerFunction'), 'Arn'] },
    UserPoolId: 'us-east-1_Existing1',
    FunctionArn: TRIGGER_ARN,
    ReplaceTrigger: false,
  });
});

test('replaces another trigger when asked to', () => {
  const replacing = synthesize({ replaceTrigger: true }).template();

  replacing.hasResourceProperties('Custom::PostConfirmationTrigger', { ReplaceTrigger: true });
});

test('makes CloudFormation wait for less than an hour, and longer than the function takes', () => {
  const { Properties } = onlyResource(template, 'AWS::Lambda::Function');
  template.hasResourceProperties('Custom::PostConfirmationTrigger', { ServiceTimeout: '240' });

  expect(Properties).toMatchObject({ Timeout: 180, Handler: 'index.handler' });
});

test('lets exactly this user pool of this account invoke the trigger, before it is attached', () => {
  const permission = onlyResource(template, 'AWS::Lambda::Permission');

  expect(permission.Properties).toEqual({
    Action: 'lambda:InvokeFunction',
    FunctionName: TRIGGER_ARN,
    Principal: 'cognito-idp.amazonaws.com',
    SourceArn: POOL_ARN,
    SourceAccount: { Ref: 'AWS::AccountId' },
  });
  expect(onlyResource(template, 'Custom::PostConfirmationTrigger').DependsOn).toEqual([permission.logicalId]);
});

test('may read and update this user pool, and write its log and traces', () => {
  const { logicalId, Properties } = onlyResource(template, 'AWS::IAM::Policy');
  const logs = { 'Fn::GetAtt': [expect.stringContaining('AttachTriggerFunctionLogs'), 'Arn'] };

  expect(Properties.PolicyDocument.Statement).toEqual([
    { Action: ['logs:CreateLogStream', 'logs:PutLogEvents'], Effect: 'Allow', Resource: logs },
    { Action: ['xray:PutTelemetryRecords', 'xray:PutTraceSegments'], Effect: 'Allow', Resource: '*' },
    {
      Action: ['cognito-idp:DescribeUserPool', 'cognito-idp:UpdateUserPool'],
      Effect: 'Allow',
      Resource: POOL_ARN,
    },
  ]);
  // The function has its permissions before its first request.
  expect(onlyResource(template, 'AWS::Lambda::Function').DependsOn).toContain(logicalId);
});

test("can get the permissions that the user pool's settings require", () => {
  const { attachment, template: withSms } = synthesize();
  const smsRole = 'arn:aws:iam::000000000000:role/sms';

  attachment.attachTriggerFunction.addToRolePolicy(allow('iam:PassRole', smsRole));

  withSms().hasResourceProperties('AWS::IAM::Policy', {
    PolicyDocument: Match.objectLike({
      Statement: Match.arrayWith([{ Action: 'iam:PassRole', Effect: 'Allow', Resource: smsRole }]),
    }),
  });
});

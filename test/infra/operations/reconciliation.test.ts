import { Match, Template } from 'aws-cdk-lib/assertions';
import { synthesizedStack } from '../../support/stack';

const template = Template.fromStack(synthesizedStack());
const stateMachine = { Ref: Match.stringLikeRegexp('^OnboardingReconciliationStateMachine') };

test('compares this user pool with this table, and sends to this queue', () => {
  template.hasResourceProperties('AWS::Lambda::Function', {
    Timeout: 60,
    Environment: {
      Variables: {
        USER_POOL_ID: { Ref: Match.stringLikeRegexp('UserPool') },
        TABLE_NAME: { Ref: Match.stringLikeRegexp('Table') },
        RETRY_QUEUE_URL: { Ref: Match.stringLikeRegexp('RetryQueue') },
      },
    },
  });
});

test('is a Standard state machine, traced, whose errors are logged without data', () => {
  template.hasResourceProperties('AWS::StepFunctions::StateMachine', {
    StateMachineType: 'STANDARD',
    LoggingConfiguration: Match.objectLike({ Level: 'ERROR', IncludeExecutionData: false }),
    TracingConfiguration: { Enabled: true },
  });
});

test('starts once a day, but not with the deployment', () => {
  template.resourceCountIs('AWS::Scheduler::Schedule', 1);
  template.hasResourceProperties('AWS::Scheduler::Schedule', {
    ScheduleExpression: 'cron(30 2 * * ? *)',
    StartDate: Match.absent(),
    State: 'ENABLED',
    Target: Match.objectLike({
      Arn: stateMachine,
      Input: '{}',
      RoleArn: { 'Fn::GetAtt': [Match.stringLikeRegexp('^SchedulerRoleForTarget'), 'Arn'] },
    }),
  });
});

test('lets only schedules of its own group take the role that starts it', () => {
  template.hasResourceProperties('AWS::IAM::Role', {
    AssumeRolePolicyDocument: Match.objectLike({
      Statement: [
        {
          Action: 'sts:AssumeRole',
          Effect: 'Allow',
          Principal: { Service: 'scheduler.amazonaws.com' },
          Condition: {
            StringEquals: {
              'aws:SourceAccount': { Ref: 'AWS::AccountId' },
              'aws:SourceArn': { 'Fn::GetAtt': [Match.stringLikeRegexp('ScheduleGroup'), 'Arn'] },
            },
          },
        },
      ],
    }),
  });
});

import { Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { ScheduleExpression } from 'aws-cdk-lib/aws-scheduler';
import { UserOnboarding } from '../../../infra/user-onboarding';
import { synthesizedStack, testApp } from '../../support/stack';

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
        GROUP_RULE: '{"by":"name","group":"users"}',
        MILLISECONDS_PER_USER: '200',
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
      Input: '{"scheduled":true}',
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

test.each(['cron(0/15 * * * ? *)', 'rate(1 hour)'])('starts when the application says: %s', (expression) => {
  const stack = new Stack(testApp(), 'Stack');
  new UserOnboarding(stack, 'Onboarding', {
    reconciliationSchedule: ScheduleExpression.expression(expression),
  });

  Template.fromStack(stack).hasResourceProperties('AWS::Scheduler::Schedule', {
    ScheduleExpression: expression,
  });
});

test('refuses a schedule that runs only once', () => {
  const reconciliationSchedule = ScheduleExpression.at(new Date('2027-01-01T00:00:00Z'));

  expect(
    () => new UserOnboarding(new Stack(testApp(), 'Stack'), 'Onboarding', { reconciliationSchedule }),
  ).toThrow('reconciliationSchedule must be cron(…) or rate(…), which repeat, got: at(2027-01-01T00:00:00)');
});

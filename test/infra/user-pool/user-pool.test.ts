import { Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { UserPool, UserPoolEmail } from 'aws-cdk-lib/aws-cognito';
import { UserOnboarding } from '../../../infra/user-onboarding';
import { testApp } from '../../support/stack';

test('a new user pool has the plan Lite, and the sender of Cognito', () => {
  const stack = new Stack(testApp(), 'Stack');
  new UserOnboarding(stack, 'Onboarding');

  Template.fromStack(stack).hasResourceProperties('AWS::Cognito::UserPool', {
    UserPoolTier: 'LITE',
    EmailConfiguration: Match.absent(),
  });
});

test('it sends e-mail as the application says', () => {
  const stack = new Stack(testApp(), 'Stack');
  const email = UserPoolEmail.withSES({ fromEmail: 'hello@example.com', sesRegion: 'eu-west-1' });
  new UserOnboarding(stack, 'Onboarding', { email });

  Template.fromStack(stack).hasResourceProperties('AWS::Cognito::UserPool', {
    EmailConfiguration: Match.objectLike({ EmailSendingAccount: 'DEVELOPER', From: 'hello@example.com' }),
  });
});

test('a given user pool keeps its own sender', () => {
  const stack = new Stack(testApp(), 'Stack');
  const props = { userPool: new UserPool(stack, 'UserPool'), email: UserPoolEmail.withCognito() };

  expect(() => new UserOnboarding(stack, 'Onboarding', props)).toThrow(
    'email is for a user pool that is created here',
  );
});

import { Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { type CfnUserPool, UserPool, UserPoolOperation } from 'aws-cdk-lib/aws-cognito';
import { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { UserOnboarding } from '../../../infra/user-onboarding';
import { testApp } from '../../support/stack';

const ARN = 'arn:aws:lambda:us-east-1:123456789012:function:other';

/** Synthesizes a pool with an onboarding, and with a change before it and one after it. */
function synthesize(changes: { before?: Change; after?: Change }): Template {
  const stack = new Stack(testApp(), 'Stack');
  const userPool = new UserPool(stack, 'UserPool', { autoVerify: { email: true } });
  const pool = { userPool, resource: userPool.node.defaultChild as CfnUserPool };
  changes.before?.(pool);
  new UserOnboarding(stack, 'Onboarding', { userPool, createGroups: true });
  changes.after?.(pool);
  return Template.fromStack(stack);
}

type Change = (pool: { userPool: UserPool; resource: CfnUserPool }) => void;

const property: Change = ({ userPool }) => {
  const other = LambdaFunction.fromFunctionArn(userPool, 'Other', ARN);
  userPool.addTrigger(UserPoolOperation.POST_CONFIRMATION, other);
};
const override: Change = ({ resource }) =>
  resource.addPropertyOverride('LambdaConfig', { PostConfirmation: ARN });
const deletion: Change = ({ resource }) => resource.addPropertyDeletionOverride('LambdaConfig');

const OF_ITS_OWN = `the user pool has a post confirmation trigger of its own, and can have only one: remove it, and call its function from your application, got: "${ARN}"`;
const TAKEN = 'an override of the user pool Stack/UserPool/Resource takes the post confirmation trigger away';

test.each<[string, { before?: Change; after?: Change }, string]>([
  ['a trigger that was there', { before: property }, OF_ITS_OWN],
  ['an override that was there', { before: override }, OF_ITS_OWN],
  ['a trigger that comes later', { after: property }, OF_ITS_OWN],
  ['an override that comes later', { after: override }, `${TAKEN} from the onboarding: remove that override`],
  ['an override that removes all triggers', { after: deletion }, TAKEN],
])('%s is refused', (_, changes, message) => {
  expect(() => synthesize(changes)).toThrow(message);
});

test('an override of another trigger is kept', () => {
  const preSignUp: Change = ({ resource }) => resource.addPropertyOverride('LambdaConfig.PreSignUp', ARN);

  for (const changes of [{ before: preSignUp }, { after: preSignUp }]) {
    synthesize(changes).hasResourceProperties('AWS::Cognito::UserPool', {
      LambdaConfig: {
        PreSignUp: ARN,
        PostConfirmation: { 'Fn::GetAtt': [Match.stringLikeRegexp('PostConfirmationFunction'), 'Arn'] },
      },
    });
  }
});

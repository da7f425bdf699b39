import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { InitiateAuthCommand, SignUpCommand } from '@aws-sdk/client-cognito-identity-provider';
import { CfnOutput, Stack } from 'aws-cdk-lib';
import { LambdaVersion, UserPool, UserPoolOperation, type UserPoolProps } from 'aws-cdk-lib/aws-cognito';
import { Code, Function as Lambda, Runtime } from 'aws-cdk-lib/aws-lambda';
import { UserOnboarding } from '../../infra/user-onboarding';
import { claimsOf } from '../../local/aws/token-claims';
import { CloudAssembly } from '../../local/cloudformation/cloud-assembly';
import { testApp } from '../support/stack';
import { eventually, TestCloud } from '../support/test-cloud';

const PASSWORD = 'Correct-Horse-7-Battery';
const PHONE = '+15550100001';

/** One function for every trigger: it answers by the source of the event. */
const TRIGGER = `exports.handler = async (event) => {
  console.log(event.triggerSource);
  const responses = {
    PreSignUp_SignUp: { autoConfirmUser: true, autoVerifyEmail: true },
    TokenGeneration_Authentication: {
      claimsAndScopeOverrideDetails: { accessTokenGeneration: { claimsToAddOrOverride: { tier: 'gold' } } },
    },
  };
  return { ...event, response: { ...event.response, ...responses[event.triggerSource] } };
};`;

interface AppProps {
  readonly pool: UserPoolProps;
  readonly requireVerifiedEmail?: boolean;
  /** Adds what else the app has. */
  readonly extend?: (stack: Stack, userPool: UserPool) => void;
}

let cloud: TestCloud;

afterEach(() => cloud.close());

/** Starts an app that onboards the users of a pool. */
async function start({ pool, requireVerifiedEmail, extend }: AppProps): Promise<void> {
  const app = testApp();
  const stack = new Stack(app, 'Shop');
  const userPool = new UserPool(stack, 'Pool', { selfSignUpEnabled: true, enableSmsRole: false, ...pool });
  extend?.(stack, userPool);
  const client = userPool.addClient('Web', { authFlows: { userPassword: true } });
  const onboarding = new UserOnboarding(stack, 'Onboarding', {
    userPool,
    createGroups: true,
    ...(requireVerifiedEmail !== undefined && { requireVerifiedEmail }),
  });
  const outputs = {
    UserPoolId: userPool.userPoolId,
    UserPoolClientId: client.userPoolClientId,
    TableName: onboarding.table.tableName,
  };
  for (const [name, value] of Object.entries(outputs)) new CfnOutput(stack, name, { value });
  // A function that starts too slowly has its user parked, and retried soon.
  cloud = await TestCloud.startEmpty(0.01);
  await cloud.deploy(new CloudAssembly(app.synth().directory));
}

function addTriggers(stack: Stack, userPool: UserPool): void {
  const directory = mkdtempSync(join(tmpdir(), 'trigger-'));
  writeFileSync(join(directory, 'index.js'), TRIGGER);
  const trigger = new Lambda(stack, 'Trigger', {
    runtime: Runtime.NODEJS_22_X,
    handler: 'index.handler',
    code: Code.fromAsset(directory),
  });
  userPool.addTrigger(UserPoolOperation.PRE_SIGN_UP, trigger);
  userPool.addTrigger(UserPoolOperation.PRE_AUTHENTICATION, trigger);
  userPool.addTrigger(UserPoolOperation.POST_AUTHENTICATION, trigger);
  userPool.addTrigger(UserPoolOperation.PRE_TOKEN_GENERATION_CONFIG, trigger, LambdaVersion.V2_0);
}

const signUp = (Username: string, attributes: Record<string, string> = {}) =>
  cloud.cognito.send(
    new SignUpCommand({
      ClientId: cloud.output('UserPoolClientId'),
      Username,
      Password: PASSWORD,
      UserAttributes: Object.entries(attributes).map(([Name, Value]) => ({ Name, Value })),
    }),
  );

test("the app's own functions confirm a user, who is onboarded, and change the tokens", async () => {
  await start({ pool: { signInAliases: { email: true } }, extend: addTriggers });

  const { UserConfirmed, UserSub = '' } = await signUp('ada@example.com');
  const user = { email: 'ada@example.com', sub: UserSub };
  await eventually(async () => (await cloud.recordOf(user)) !== undefined);
  const { AuthenticationResult } = await cloud.cognito.send(
    new InitiateAuthCommand({
      ClientId: cloud.output('UserPoolClientId'),
      AuthFlow: 'USER_PASSWORD_AUTH',
      AuthParameters: { USERNAME: user.email, PASSWORD },
    }),
  );

  expect(UserConfirmed).toBe(true);
  expect(await cloud.groupsOf(user)).toEqual(['users']);
  expect(claimsOf(AuthenticationResult?.AccessToken ?? '')).toMatchObject({ tier: 'gold' });
  const sources = (await cloud.logs()).join('\n').match(/\b(Pre|Post|Token)\w+_(SignUp|Authentication)\b/g);
  expect(sources).toEqual([
    'PreSignUp_SignUp',
    'PreAuthentication_Authentication',
    'PostAuthentication_Authentication',
    'TokenGeneration_Authentication',
  ]);
});

test('a trigger whose function is elsewhere is named at the start, and stops nobody', async () => {
  const functionArn = 'arn:aws:lambda:us-east-1:000000000000:function:elsewhere';
  await start({
    pool: { signInAliases: { email: true }, autoVerify: { email: true } },
    extend: (stack, userPool) => {
      const elsewhere = Lambda.fromFunctionAttributes(stack, 'Elsewhere', {
        functionArn,
        sameEnvironment: true,
      });
      userPool.addTrigger(UserPoolOperation.PRE_SIGN_UP, elsewhere);
    },
  });

  const user = await cloud.signUpAndConfirm();

  expect(cloud.notes).toEqual([`not called: trigger PreSignUp of user pool ${cloud.output('UserPoolId')}`]);
  await eventually(async () => (await cloud.recordOf(user)) !== undefined);
});

test('who signs up by phone number is onboarded', async () => {
  await start({
    pool: { signInAliases: { phone: true }, autoVerify: { phone: true } },
    requireVerifiedEmail: false,
  });

  const { UserSub = '' } = await signUp(PHONE);
  const user = { email: PHONE, sub: UserSub };
  await cloud.confirm(user);

  await eventually(async () => (await cloud.recordOf(user)) !== undefined);
  expect(await cloud.recordOf(user)).toMatchObject({ username: UserSub });
});

test('who confirms by phone, where an e-mail address has to be verified, is skipped, and the log says why', async () => {
  await start({
    pool: { signInAliases: { email: true, phone: true }, autoVerify: { email: true, phone: true } },
  });

  const { UserSub = '' } = await signUp('ada@example.com', { phone_number: PHONE });
  await cloud.confirmWith({ email: 'ada@example.com', sub: UserSub }, await cloud.codeFor(PHONE));

  expect(cloud.executions).toHaveLength(0);
  expect((await cloud.logs()).join('\n')).toMatch(/OnboardingSkipped.*EmailNotVerified/);
});

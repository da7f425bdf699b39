import { SignUpCommand } from '@aws-sdk/client-cognito-identity-provider';
import { InvokeCommand } from '@aws-sdk/client-lambda';
import { COMMON_SETTINGS } from '../../support/common-settings';
import { NEIGHBOURS, type NeighbourApp, synthesized } from '../../support/neighbours';
import { ORDINARY_APPS } from '../../support/ordinary-apps';
import { eventually, TestCloud, type TestUser } from '../../support/test-cloud';

let cloud: TestCloud;

beforeEach(async () => {
  cloud = await TestCloud.startEmpty();
});

afterEach(() => cloud.close());

const APPS: Record<string, NeighbourApp> = {
  ...NEIGHBOURS,
  ...ORDINARY_APPS,
  commonSettings: COMMON_SETTINGS,
};

/** What the app's other function answers; without an own answer, it is its environment. */
const ANSWERS: Record<string, object> = {
  parameter: { STAGE: 'dev' },
  condition: { HOME: 'yes' },
  topic: { TOPIC: expect.stringMatching(/^arn:aws:sns:us-east-1:000000000000:Shop-News\w+$/) },
  inline: { AWS_LAMBDA_FUNCTION_VERSION: '$LATEST', AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs22.x' },
  sdkOfTheRuntime: { SDK: 'function' },
  layer: { GREETING: 'hello from a layer' },
  mapping: { SIZE: 'large' },
  bus: { BUS: expect.stringMatching(/^arn:aws:events:us-east-1:000000000000:event-bus\/\w+$/) },
  secret: {
    SECRET: expect.stringMatching(/^arn:aws:secretsmanager:us-east-1:000000000000:secret:Shop-\w+-\w{6}$/),
  },
  storedParameter: { COLOUR: 'blue' },
};

/** What is named at the start as not played. */
const NOT_PLAYED: Record<string, string> = {
  secondStack: 'not played: 1 AWS::S3::Bucket',
  logRetention: 'not played: 1 Custom::LogRetention',
  api: 'not played: 1 AWS::ApiGateway::RestApi,',
  stream: 'not played: 1 AWS::Lambda::EventSourceMapping',
  emptiedBucket: 'not played: 1 AWS::S3::Bucket, 1 AWS::S3::BucketPolicy, 1 Custom::S3AutoDeleteObjects',
  functionUrl: 'not played: 1 AWS::Lambda::Url',
  commonSettings: 'settings without effect here: ',
  subscription: 'not played: 1 AWS::SNS::Topic, 2 AWS::SNS::Subscription',
};

const OUTPUTS: Record<string, [string, RegExp]> = {
  env: ['UserPoolId', /^eu-west-1_\w{9}$/],
  domain: ['UserPoolId', /^us-east-1_\w{9}$/],
  keyOutput: ['KeyArn', /^arn:aws:kms:us-east-1:000000000000:key\/[\w-]{36}$/],
  functionUrl: ['Url', /^https:\/\/\w{32}\.lambda-url\.us-east-1\.on\.aws\/$/],
  provider: ['Said', /^greeting-1: Create Ada$/],
  waitingProvider: ['Said', /^Create complete$/],
  imports: ['ImportedPool', /^arn:aws:cognito-idp:us-east-1:000000000000:userpool\/us-east-1_\w{9}$/],
};

const arriveByEmail = () => cloud.signUpAndConfirm();

/** How a user comes to be confirmed, if not by an e-mail address and a code. */
const ARRIVALS: Record<string, () => Promise<TestUser>> = {
  preSignUp: () => cloud.signUp(),
  phone: async () => {
    const phone = '+15550100001';
    const ClientId = cloud.output('UserPoolClientId');
    const signUp = new SignUpCommand({ ClientId, Username: phone, Password: 'Correct-Horse-7' });
    const { UserSub: sub = '' } = await cloud.cognito.send(signUp);
    const user = { email: phone, sub };
    await cloud.confirm(user);
    return user;
  },
};

async function invoke(FunctionName: string): Promise<unknown> {
  const { Payload } = await cloud.lambda.send(new InvokeCommand({ FunctionName }));
  return JSON.parse(Buffer.from(Payload ?? []).toString());
}

test.each(Object.entries(APPS))(
  '%s: a user who signs up and confirms has their record',
  async (name, app) => {
    await cloud.deploy(synthesized(app));

    const user = await (ARRIVALS[name] ?? arriveByEmail)();
    await eventually(async () => (await cloud.recordOf(user)) !== undefined);
    expect(await cloud.recordOf(user)).toMatchObject({ username: user.sub });
    const answer = ANSWERS[name];
    if (answer) expect(await invoke(cloud.output('OtherFunctionName'))).toMatchObject(answer);
    const [output, pattern] = OUTPUTS[name] ?? [];
    if (output) expect(cloud.output(output)).toMatch(pattern as RegExp);
    const note = NOT_PLAYED[name];
    if (note) expect(cloud.notes.join('\n')).toContain(note);
  },
);

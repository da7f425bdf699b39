import { InvokeCommand } from '@aws-sdk/client-lambda';
import { CfnOutput, CfnParameter, Fn } from 'aws-cdk-lib';
import { Code, Runtime } from 'aws-cdk-lib/aws-lambda';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { LocalCloud } from '../../../local/local-cloud';
import { type NeighbourApp, synthesized } from '../../support/neighbours';
import { TestCloud } from '../../support/test-cloud';

const BUCKET: NeighbourApp = { add: ({ stack }) => new Bucket(stack, 'Photos') };

/** Answers the message of the error that a call to a service fails with. */
const CALLS = `exports.handler = async () => {
  const { S3Client, PutObjectCommand } = require('@aws-sdk/client-s3');
  const { SNSClient, PublishCommand } = require('@aws-sdk/client-sns');
  const errorOf = (promise) => promise.then(() => 'no error', ({ message }) => message);
  return {
    s3: await errorOf(new S3Client({}).send(new PutObjectCommand({ Bucket: 'photos', Key: 'a', Body: 'b' }))),
    sns: await errorOf(new SNSClient({}).send(new PublishCommand({ TopicArn: 'arn', Message: 'b' }))),
  };
};`;

async function answerOf(app: NeighbourApp) {
  const cloud = await TestCloud.startEmpty();
  try {
    await cloud.deploy(synthesized(app));
    const FunctionName = cloud.output('OtherFunctionName');
    const { Payload } = await cloud.lambda.send(new InvokeCommand({ FunctionName }));
    return JSON.parse(Buffer.from(Payload ?? []).toString());
  } finally {
    await cloud.close();
  }
}

test('--strict refuses what is not played, with all types', async () => {
  const started = LocalCloud.start({ assembly: synthesized(BUCKET), strict: true, port: 0 });

  await expect(started).rejects.toThrow(
    'not played: 1 AWS::S3::Bucket. Leave out --strict to start without them',
  );
});

test('a function that calls a service which is not played gets an error that names the service', async () => {
  expect(await answerOf({ add: ({ lambda }) => lambda({ code: Code.fromInline(CALLS) }) })).toEqual({
    s3: expect.stringMatching(/^the local cloud does not play s3/),
    sns: expect.stringMatching(/^the local cloud does not play sns \(Publish\)/),
  });
});

test('a function of another runtime is an error when it is called', async () => {
  const runtime = Runtime.PYTHON_3_13;
  const code = Code.fromInline('def handler(event, context): return 1');

  await expect(answerOf({ add: ({ lambda }) => lambda({ runtime, code }) })).rejects.toThrow(
    /^the local cloud runs functions of Node.js only, from a directory or a .zip: Shop-Other\w+ has the runtime python3.13$/,
  );
});

test('a trigger of another runtime refuses the sign-up, because it is not known what it would say', async () => {
  const runtime = Runtime.PYTHON_3_13;
  const code = Code.fromInline('def handler(event, context): raise Exception("closed")');
  const cloud = await TestCloud.startEmpty();
  try {
    await cloud.deploy(
      synthesized({ pool: (lambda) => ({ lambdaTriggers: { preSignUp: lambda({ runtime, code }) } }) }),
    );

    await expect(cloud.signUp()).rejects.toMatchObject({
      name: 'UnexpectedLambdaException',
      message: expect.stringMatching(
        /^PreSignUp invocation failed due to error InvalidRuntimeException: .+ Shop-Other\w+ has the runtime python3.13\.$/,
      ),
    });
    expect(cloud.notes.join('\n')).not.toContain('not called');
  } finally {
    await cloud.close();
  }
});

test('an output that has no value here is left out, and named', async () => {
  const cloud = await TestCloud.startEmpty();
  await cloud.deploy(
    synthesized({
      add: ({ stack }) => new CfnOutput(stack, 'Elsewhere', { value: Fn.importValue('other-app') }),
    }),
  );

  expect(() => cloud.output('Elsewhere')).toThrow('no output');
  expect(cloud.notes).toContainEqual(
    expect.stringContaining('the output Elsewhere of Shop is left out: no stack exports other-app'),
  );
  await cloud.close();
});

test('all refusals come at once, and nothing is left', async () => {
  const cloud = await TestCloud.startEmpty();
  const app: NeighbourApp = {
    add: ({ stack, lambda }) => {
      const NAME = new CfnParameter(stack, 'Name').valueAsString;
      lambda({ environment: { NAME } });
    },
    pool: () => ({ userPoolName: Fn.importValue('other-app') }),
  };

  const deployed = cloud.deploy(synthesized(app));

  await expect(deployed).rejects.toThrow(
    /^2 things stand in the way:\n {2}- Pool\w+: no stack exports other-app: .+\n {2}- Other\w+: the parameter Name has no default/,
  );
  await cloud.deploy(synthesized(BUCKET));
  await cloud.close();
});

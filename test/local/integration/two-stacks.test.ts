import { GetQueueUrlCommand, SQSClient } from '@aws-sdk/client-sqs';
import { CfnOutput, CustomResource, Stack } from 'aws-cdk-lib';
import { Code, Function as LambdaFunction, Runtime } from 'aws-cdk-lib/aws-lambda';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { LocalCloud } from '../../../local/local-cloud';
import { type Neighbourhood, synthesized } from '../../support/neighbours';

/** Says where the queue of the other stack is, also while it is deleted. */
const TELLING = `
const { send, SUCCESS } = require('cfn-response');
const { SQSClient, GetQueueUrlCommand } = require('@aws-sdk/client-sqs');
exports.handler = async (event, context) => {
  const QueueName = event.ResourceProperties.queue;
  const { QueueUrl } = await new SQSClient({}).send(new GetQueueUrlCommand({ QueueName }));
  console.log(event.RequestType + ' beside ' + QueueUrl);
  await send(event, context, SUCCESS, { QueueUrl }, 'teller');
};`;

/** A second stack that needs a queue of the first one. */
function add({ app, stack }: Neighbourhood): void {
  const orders = new Queue(stack, 'Orders', { queueName: 'orders' });
  const second = new Stack(app, 'Second');
  const teller = new LambdaFunction(second, 'Teller', {
    runtime: Runtime.NODEJS_22_X,
    handler: 'index.handler',
    code: Code.fromInline(TELLING),
  });
  orders.grantConsumeMessages(teller);
  new Queue(second, 'Parcels', { queueName: 'parcels' });
  new CustomResource(second, 'Told', {
    serviceToken: teller.functionArn,
    properties: { queue: orders.queueName },
  });
  new CfnOutput(second, 'OrdersArn', { value: orders.queueArn });
}

let cloud: LocalCloud | undefined;

afterEach(() => cloud?.close());

test('two stacks are deleted, the dependent one first', async () => {
  const assembly = synthesized({ add });
  const lines: string[] = [];
  const lambda = { onLog: ({ line }: { line: string }) => lines.push(line) };
  const running = await LocalCloud.start({ assembly, port: 0, lambda });
  cloud = running;
  const sqs = new SQSClient({
    endpoint: running.endpoint,
    region: 'us-east-1',
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
    maxAttempts: 1,
  });
  const told = (requestType: string) => lines.filter((line) => line.includes(`${requestType} beside`)).length;
  expect(running.stackOutputs.Second).toEqual({ OrdersArn: 'arn:aws:sqs:us-east-1:000000000000:orders' });

  await running.destroy();

  // The function was asked while the other stack was still there.
  expect([told('Create'), told('Delete')]).toEqual([1, 1]);
  for (const QueueName of ['orders', 'parcels'])
    await expect(sqs.send(new GetQueueUrlCommand({ QueueName }))).rejects.toMatchObject({
      name: 'QueueDoesNotExist',
    });
  expect(running.stackOutputs).toEqual({});
});

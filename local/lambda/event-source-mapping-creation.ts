import type { Resource } from '../aws/resource-type';
import type { PerformSqs } from '../sqs/message-move-tasks';
import {
  assertMayPoll,
  EventSourceMapping,
  type EventSourceMappingProperties,
} from './event-sources/event-source-mapping';
import type { LambdaServices } from './lambda-services';

/** Whether the source is a queue: the local cloud has no streams. */
export function isOfQueue({ EventSourceArn }: EventSourceMappingProperties): boolean {
  return String(EventSourceArn).split(':')[2] === 'sqs';
}

/**
 * Makes a function poll a queue, under the function's role.
 *
 * @throws Error if the role does not allow that, or there is no such queue.
 */
export async function createEventSourceMapping(
  { sqs, iam, lambda, invokeFunction, faults, eventSourceMappings }: LambdaServices,
  { ref, properties }: Resource<EventSourceMappingProperties>,
): Promise<void> {
  const role = lambda.roleOf(properties.FunctionName);
  assertMayPoll(role, properties);
  const QueueName = properties.EventSourceArn.split(':')[5];
  const { QueueUrl: queueUrl } = await sqs.perform<{ QueueUrl: string }>('GetQueueUrl', { QueueName });
  const perform: PerformSqs = async (action, input) => {
    iam.authorize(role, 'sqs', action, input);
    await faults.apply(`sqs:${action}`);
    return sqs.perform(action, input);
  };
  const log = (line: string) => lambda.log(properties.FunctionName, line);
  const giveBack = (ReceiptHandle: string) =>
    sqs.perform('ChangeMessageVisibility', { QueueUrl: queueUrl, ReceiptHandle, VisibilityTimeout: 0 });
  const options = { queueUrl, sqs: perform, giveBack, invokeFunction, faults, log };
  const mapping = withName(ref, () => new EventSourceMapping(properties, options));
  eventSourceMappings.set(ref, mapping);
  mapping.start();
}

function withName<T>(name: string, create: () => T): T {
  try {
    return create();
  } catch (error) {
    throw new Error(`${name}: ${(error as Error).message}`);
  }
}

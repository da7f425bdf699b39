import { named } from '../aws/identity';
import type { InvokeFunction } from '../aws/invocation';
import type { Resource, ResourceTypes } from '../aws/resource-type';
import type { Faults } from '../gateway/faults';
import type { Iam } from '../iam/iam';
import type { PerformSqs } from '../sqs/message-move-tasks';
import type { Sqs } from '../sqs/sqs';
import { assertMayPoll, EventSourceMapping, type EventSourceMappingProperties } from './event-source-mapping';
import type { FunctionProperties, Lambda } from './lambda';

interface LambdaServices {
  readonly eventSourceMappings: Map<string, EventSourceMapping>;
  readonly faults: Faults;
  readonly iam: Iam;
  readonly invokeFunction: InvokeFunction;
  readonly lambda: Lambda;
  readonly sqs: Sqs;
}

interface CodeProperties {
  readonly Code: { readonly S3Key: string };
}

/** The types of Lambda. */
export const LAMBDA_RESOURCES: ResourceTypes<LambdaServices> = {
  'AWS::Lambda::Function': {
    nameProperty: 'FunctionName',
    identify: named('lambda', 'function:'),
    create: ({ iam, lambda }, resource: Resource<FunctionProperties & CodeProperties>) => {
      const { ref: name, properties, assetDirectory } = resource;
      const role = iam.assume(properties.Role, 'lambda.amazonaws.com', name);
      lambda.createFunction(name, assetDirectory(properties.Code.S3Key), properties, role);
    },
    delete: ({ lambda }, { ref }) => lambda.deleteFunction(ref),
  },
  'AWS::Lambda::EventSourceMapping': {
    identify: ({ name }) => ({ ref: name, attributes: { Id: name } }),
    create: createEventSourceMapping,
    delete: ({ eventSourceMappings }, { ref }) => {
      eventSourceMappings.get(ref)?.stop();
      eventSourceMappings.delete(ref);
    },
  },
  'AWS::Lambda::Permission': {},
};

async function createEventSourceMapping(
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
  const mapping = new EventSourceMapping(properties, { queueUrl, sqs: perform, invokeFunction, faults, log });
  eventSourceMappings.set(ref, mapping);
  mapping.start();
}

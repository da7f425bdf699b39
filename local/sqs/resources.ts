import { arn } from '../aws/environment';
import type { Resource, ResourceTypes } from '../aws/resource-type';
import { QUEUE } from './properties';
import type { QueueProperties } from './queue-properties';
import type { Sqs } from './sqs';

interface SqsServices {
  readonly sqs: Sqs;
}

/** The types of SQS. */
export const SQS_RESOURCES: ResourceTypes<SqsServices> = {
  'AWS::SQS::Queue': {
    nameProperty: 'QueueName',
    maxNameLength: 80,
    nameEnding: (property) => (String(property('FifoQueue')) === 'true' ? '.fifo' : ''),
    properties: QUEUE,
    identify: ({ name, port, environment }) => {
      const url = `http://127.0.0.1:${port}/${environment.account}/${name}`;
      return { ref: url, attributes: { Arn: arn('sqs', name, environment), QueueName: name, QueueUrl: url } };
    },
    create: ({ sqs }, { ref, properties, environment }: Resource<QueueProperties>) =>
      sqs.createQueue(ref.slice(ref.lastIndexOf('/') + 1), properties, environment),
    delete: ({ sqs }, { ref: QueueUrl }) => sqs.perform('DeleteQueue', { QueueUrl }),
  },
  'AWS::SQS::QueueInlinePolicy': {},
  'AWS::SQS::QueuePolicy': {},
};

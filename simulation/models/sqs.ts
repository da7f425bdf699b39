import { createHash } from 'node:crypto';
import { AwsError, type Input } from '../../local/aws/api';
import type { Faults } from './faults';
import type { Actions } from './network';
import type { Message, Queue } from './queue';

const REFUSED = { Code: 'InternalError', SenderFault: false };

/** The API of the queues. */
export function sqsActions(queues: readonly Queue[], faults: Faults): Actions {
  const find = ({ QueueUrl }: Input) => {
    const queue = queues.find(({ url }) => url === QueueUrl);
    if (!queue) throw new AwsError('QueueDoesNotExist', 'The specified queue does not exist.');
    return queue;
  };
  return {
    SendMessage: (input) =>
      sent(find(input).send(String(input.MessageBody), Number(input.DelaySeconds ?? 0))),
    SendMessageBatch: (input) => {
      const entries = input.Entries as { Id: string; MessageBody: string }[];
      const queue = find(input);
      const Failed = entries
        .filter(() => faults.strike('entries refused'))
        .map(({ Id }) => ({ Id, ...REFUSED }));
      const accepted = entries.filter(({ Id }) => Failed.every((failed) => failed.Id !== Id));
      return {
        Successful: accepted.map(({ Id, MessageBody }) => ({
          Id,
          ...sent(queue.send(MessageBody, 0, true)),
        })),
        Failed,
      };
    },
    ReceiveMessage: (input) => ({ Messages: find(input).receive(Number(input.MaxNumberOfMessages)) }),
    DeleteMessage: (input) => find(input).delete(String(input.ReceiptHandle)),
    ChangeMessageVisibility: (input) => {
      const queue = find(input);
      const message = queue.byHandle(String(input.ReceiptHandle));
      if (!message || !queue.isInFlight(message))
        throw new AwsError('MessageNotInflight', 'The message is not in flight.');
      queue.hide(message, Number(input.VisibilityTimeout));
      return {};
    },
    GetQueueAttributes: (input) => {
      const queue = find(input);
      const inFlight = queue.inFlight;
      return {
        Attributes: {
          ApproximateNumberOfMessages: String(queue.messages.size - inFlight),
          ApproximateNumberOfMessagesNotVisible: String(inFlight),
          ApproximateNumberOfMessagesDelayed: '0',
        },
      };
    },
  };
}

function sent({ id, body }: Message) {
  return { MessageId: id, MD5OfMessageBody: createHash('md5').update(body).digest('hex') };
}

import { MessagesById } from '../../../local/sqs/messages-by-id';
import { Sqs } from '../../../local/sqs/sqs';

const QueueUrl = 'http://127.0.0.1:4566/000000000000/retry';

let sqs: Sqs;

beforeEach(async () => {
  sqs = await Sqs.start({ port: 4566, onChange: () => {} });
  await sqs.createQueue('retry', { VisibilityTimeout: 600 });
});

afterEach(() => sqs.close());

const send = async (MessageBody: string, DelaySeconds = 0) =>
  (await sqs.perform<{ MessageId: string }>('SendMessage', { QueueUrl, MessageBody, DelaySeconds }))
    .MessageId;
const receive = async () =>
  (
    await sqs.perform<{ Messages?: { Body: string }[] }>('ReceiveMessage', {
      QueueUrl,
      MaxNumberOfMessages: 10,
    })
  ).Messages ?? [];
const bodies = async () => (await sqs.look('retry'))?.map(({ body }) => body).sort();

test('makes one received message visible; the others wait on', async () => {
  const [wanted] = [await send('a'), await send('b')];
  await receive();

  await sqs.messages.makeVisible('retry', wanted);

  expect((await receive()).map(({ Body }) => Body)).toEqual(['a']);
});

test('leaves a message that can be received as it is', async () => {
  await sqs.messages.makeVisible('retry', await send('a'));

  expect(await receive()).toHaveLength(1);
});

test('ends the delay of one message that nobody has received; the others wait on', async () => {
  const [wanted] = [await send('a', 60), await send('b', 60)];
  expect(await receive()).toEqual([]);

  await sqs.messages.makeVisible('retry', wanted);

  expect((await receive()).map(({ Body }) => Body)).toEqual(['a']);
});

test('deletes a message that is still delayed', async () => {
  const [wanted] = [await send('a', 60), await send('b', 60)];

  await sqs.messages.delete('retry', wanted);

  expect(await bodies()).toEqual(['b']);
});

test.each([true, false])('deletes one message of several, received before: %s', async (isReceived) => {
  const ids = [];
  for (let i = 10; i < 35; i += 1) ids.push(await send(`message ${i}`));
  if (isReceived) for (let i = 0; i < 3; i += 1) await receive();

  await sqs.messages.delete('retry', ids[24] ?? '');

  expect(await bodies()).toEqual(Array.from({ length: 24 }, (_, i) => `message ${i + 10}`));
  expect((await receive()).length > 0).toBe(!isReceived);
});

test.each(['makeVisible', 'delete'] as const)(
  '%s knows no other message, and no other queue',
  async (act) => {
    await expect(sqs.messages[act]('retry', 'nothing')).rejects.toMatchObject({
      code: 'ResourceNotFoundException',
    });
    await expect(sqs.messages[act]('nowhere', 'nothing')).rejects.toMatchObject({
      message: 'there is no queue named nowhere',
    });
  },
);

test('a message of a FIFO queue is deleted only after those before it in its group', async () => {
  await sqs.createQueue('jobs.fifo', { FifoQueue: true });
  const jobs = { QueueUrl: QueueUrl.replace('retry', 'jobs.fifo') };
  const sendTo = async (MessageGroupId: string, MessageBody: string) => {
    const message = { ...jobs, MessageGroupId, MessageBody, MessageDeduplicationId: MessageBody };
    return (await sqs.perform<{ MessageId: string }>('SendMessage', message)).MessageId;
  };
  const [first, second] = [await sendTo('ada', 'one'), await sendTo('ada', 'two')];
  const other = await sendTo('bob', 'three');
  await sqs.perform('ReceiveMessage', { ...jobs, MaxNumberOfMessages: 1 });

  await expect(sqs.messages.delete('jobs.fifo', second)).rejects.toMatchObject({
    message: `the message ${second} is behind others of its group: delete those first`,
  });
  for (const id of [other, first, second]) await sqs.messages.delete('jobs.fifo', id);

  expect(await sqs.look('jobs.fifo')).toEqual([]);
});

test.each([true, false])(
  'a message that somebody receives at this moment is not called deleted, received before: %s',
  async (isReceived) => {
    const message = { messageId: 'a', body: 'a', approximateReceiveCount: 1, sentTimestamp: 0 };
    const inflight = (receiptHandle: string) => {
      return { ready: [], delayed: [], inflight: [{ message, receiptHandle, visibilityDeadline: 0 }] };
    };
    let messages = isReceived ? inflight('old') : { ready: [], delayed: [message], inflight: [] };
    const byId = new MessagesById({
      inspect: async () => ({ url: QueueUrl, messages }),
      endDelay: async () => {
        messages = inflight('new');
      },
      emulate: async () => '{}',
    });

    await expect(byId.delete('retry', 'a')).rejects.toMatchObject({
      code: 'ResourceConflictException',
      message: 'the message a was just received, and is not deleted: try again',
    });
  },
);

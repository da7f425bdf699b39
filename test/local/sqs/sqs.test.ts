import { Sqs } from '../../../local/sqs/sqs';

const QueueUrl = 'http://127.0.0.1:4566/000000000000/retry';

let sqs: Sqs;

beforeEach(async () => {
  sqs = await Sqs.start({ port: 4566, onChange: () => {} });
  await sqs.createQueue('retry', {});
});

test('a poll that has only just begun ends with the local cloud', async () => {
  const poll = sqs.perform('ReceiveMessage', { QueueUrl, WaitTimeSeconds: 20 }).catch(() => 'refused');

  await sqs.close();

  await poll;
});

test('no poll begins once it closes', async () => {
  const closing = sqs.close();

  await expect(sqs.perform('ReceiveMessage', { QueueUrl, WaitTimeSeconds: 20 })).rejects.toMatchObject({
    code: 'ServiceUnavailable',
  });
  await closing;
});

test('a delayed message is shown, with the time from which it can be received', async () => {
  const begin = Date.now();
  await sqs.perform('SendMessage', { QueueUrl, MessageBody: 'later', DelaySeconds: 60 });

  const [message] = (await sqs.look('retry')) ?? [];

  expect(message).toMatchObject({ body: 'later', receiveCount: 0 });
  expect(Date.parse(message?.visibleAt ?? '')).toBeGreaterThanOrEqual(begin + 59_000);
  await sqs.close();
});

describe('what AWS refuses', () => {
  const perform = <T>(action: string, input: object) => sqs.perform<T>(action, { QueueUrl, ...input });
  const send = (MessageBody: string, DelaySeconds?: number) =>
    perform('SendMessage', { MessageBody, ...(DelaySeconds !== undefined && { DelaySeconds }) });
  const receive = async (): Promise<string> => {
    const { Messages = [] } = await perform<{ Messages?: { ReceiptHandle: string }[] }>('ReceiveMessage', {});
    return Messages[0]?.ReceiptHandle ?? '';
  };

  afterEach(() => sqs.close());

  test.each([-1, 901])('a delay of %d s', async (delay) => {
    await expect(send('a', delay)).rejects.toMatchObject({
      code: 'InvalidParameterValue',
      message: `Value ${delay} for parameter DelaySeconds is invalid. Reason: DelaySeconds must be >= 0 and <= 900.`,
    });
  });

  test('a delay in a batch, and it takes the rest', async () => {
    const entry = (Id: string, DelaySeconds: number) => ({ Id, MessageBody: Id, DelaySeconds });

    expect(
      await perform('SendMessageBatch', {
        Entries: [entry('late', 901), entry('now', 0), entry('last', 900)],
      }),
    ).toMatchObject({
      Successful: [{ Id: 'now' }, { Id: 'last' }],
      Failed: [{ Id: 'late', SenderFault: true, Code: 'InvalidParameterValue' }],
    });
    expect(await perform('SendMessageBatch', { Entries: [entry('late', 901)] })).toMatchObject({
      Successful: [],
      Failed: [{ Id: 'late' }],
    });
    await expect(
      sqs.perform('SendMessageBatch', {
        QueueUrl: QueueUrl.replace('retry', 'no'),
        Entries: [entry('late', 901)],
      }),
    ).rejects.toMatchObject({ code: 'QueueDoesNotExist' });
  });

  test('a receipt handle that the queue has not issued', async () => {
    await sqs.createQueue('other', {});
    await send('a');
    const handle = await receive();
    const invalid = { code: 'ReceiptHandleIsInvalid' };

    for (const ReceiptHandle of ['x', '6f2b7c1e-0c5f-4b3e-9a51-2f6f8f0c9d11', `${handle}x`]) {
      await expect(perform('DeleteMessage', { ReceiptHandle })).rejects.toMatchObject(invalid);
      await expect(
        perform('ChangeMessageVisibility', { ReceiptHandle, VisibilityTimeout: 0 }),
      ).rejects.toMatchObject(invalid);
    }
    const other = QueueUrl.replace('retry', 'other');
    await expect(
      sqs.perform('DeleteMessage', { QueueUrl: other, ReceiptHandle: handle }),
    ).rejects.toMatchObject(invalid);
    expect(
      await perform('DeleteMessageBatch', {
        Entries: [
          { Id: 'a', ReceiptHandle: 'x' },
          { Id: 'b', ReceiptHandle: handle },
        ],
      }),
    ).toMatchObject({ Successful: [{ Id: 'b' }], Failed: [{ Id: 'a', Code: 'ReceiptHandleIsInvalid' }] });
    // As on AWS, a message can be deleted twice.
    expect(await perform('DeleteMessage', { ReceiptHandle: handle })).toEqual({});
  });

  test.each([
    ['DeleteMessage', { ReceiptHandle: 'x' }],
    ['DeleteQueue', {}],
    ['GetQueueAttributes', { AttributeNames: ['All'] }],
    ['GetQueueUrl', { QueueName: 'no' }],
    ['PurgeQueue', {}],
    ['ReceiveMessage', {}],
    ['SendMessage', { MessageBody: 'a' }],
    ['SetQueueAttributes', { Attributes: { DelaySeconds: '1' } }],
  ])('%s of a queue that is not there', async (action, input) => {
    for (const url of [QueueUrl.replace('retry', 'no'), QueueUrl.replace('000000000000', '111111111111')]) {
      await expect(sqs.perform(action, { QueueUrl: url, ...input })).rejects.toMatchObject({
        code: 'QueueDoesNotExist',
      });
    }
  });

  test('a size of a page that is none, and a token of no page', async () => {
    for (const input of [{ MaxResults: 0 }, { MaxResults: 1001 }, { NextToken: 'x' }]) {
      await expect(sqs.perform('ListQueues', input)).rejects.toMatchObject({ code: 'InvalidParameterValue' });
    }
  });
});

test('the queues come page by page, by the beginning of their names', async () => {
  for (const name of ['app-a', 'app-b', 'app-c']) await sqs.createQueue(name, {});
  const names: string[][] = [];
  let NextToken: string | undefined;
  do {
    const page: { QueueUrls: string[]; NextToken?: string } = await sqs.perform('ListQueues', {
      QueueNamePrefix: 'app',
      MaxResults: 2,
      ...(NextToken && { NextToken }),
    });
    names.push(page.QueueUrls.map((url) => url.split('/').pop() ?? ''));
    NextToken = page.NextToken;
  } while (NextToken);

  expect(names).toEqual([['app-a', 'app-b'], ['app-c']]);
  expect(await sqs.perform('ListQueues', { QueueNamePrefix: 'no' })).toEqual({});
  await sqs.close();
});

test.each([
  ['queue', ['ada 1', 'bob 2']],
  ['messageGroup', ['ada 1', 'bob 1', 'bob 2']],
])('with the scope %s, a FIFO queue finds duplicates there', async (DeduplicationScope, expected) => {
  const jobs = QueueUrl.replace('retry', 'jobs.fifo');
  await sqs.createQueue('jobs.fifo', { FifoQueue: true, DeduplicationScope });
  const message = (MessageGroupId: string, id: string) => {
    return { MessageBody: `${MessageGroupId} ${id}`, MessageGroupId, MessageDeduplicationId: id };
  };

  await sqs.perform('SendMessage', { QueueUrl: jobs, ...message('ada', '1') });
  await sqs.perform('SendMessage', { QueueUrl: jobs, ...message('ada', '1') });
  await sqs.perform('SendMessageBatch', {
    QueueUrl: jobs,
    Entries: [
      { Id: 'a', ...message('bob', '1') },
      { Id: 'b', ...message('bob', '2') },
    ],
  });

  expect((await sqs.look('jobs.fifo'))?.map(({ body }) => body)).toEqual(expected);
  const { Messages } = await sqs.perform<{ Messages: unknown[] }>('ReceiveMessage', {
    QueueUrl: jobs,
    AttributeNames: ['All'],
  });
  expect(Messages).toMatchObject([{ Body: 'ada 1', Attributes: { MessageDeduplicationId: '1' } }]);
  await sqs.close();
});

test('with the scope of a group, content that is the same is a duplicate in its group only', async () => {
  const jobs = QueueUrl.replace('retry', 'jobs.fifo');
  await sqs.createQueue('jobs.fifo', {
    FifoQueue: true,
    ContentBasedDeduplication: true,
    DeduplicationScope: 'messageGroup',
  });

  for (const MessageGroupId of ['ada', 'ada', 'bob'])
    await sqs.perform('SendMessage', { QueueUrl: jobs, MessageBody: 'x', MessageGroupId });

  expect(await sqs.look('jobs.fifo')).toHaveLength(2);
  await sqs.close();
});

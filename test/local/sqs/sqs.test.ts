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

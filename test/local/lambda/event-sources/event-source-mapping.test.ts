import { AwsError } from '../../../../local/aws/api';
import { Faults } from '../../../../local/gateway/faults';
import { EventSourceMapping } from '../../../../local/lambda/event-sources/event-source-mapping';
import { eventually } from '../../../support/test-cloud';

test('says why it cannot poll, once for each new reason', async () => {
  const lines: string[] = [];
  let polls = 0;
  const mapping = new EventSourceMapping(
    { EventSourceArn: 'arn:queue', FunctionName: 'fn', ScalingConfig: { MaximumConcurrency: 2 } },
    {
      queueUrl: 'http://127.0.0.1:4566/000000000000/retry',
      sqs: async () => {
        polls += 1;
        throw new AwsError(polls <= 4 ? 'QueueDoesNotExist' : 'AccessDenied', 'no');
      },
      invokeFunction: async () => ({ payload: '{}', failed: false }),
      faults: new Faults([]),
      log: (line) => lines.push(line),
    },
  );

  mapping.start();
  await eventually(async () => polls >= 8);
  mapping.stop();

  expect(lines).toEqual([
    'event source mapping of arn:queue: QueueDoesNotExist: no',
    'event source mapping of arn:queue: AccessDenied: no',
  ]);
});

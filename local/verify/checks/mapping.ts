import { ListEventSourceMappingsCommand } from '@aws-sdk/client-lambda';
import { type Check, CheckError } from '../shared/verification';

/** The retry function gets what waits in the retry queue. */
export const mapping: Check = {
  name: 'the event source mapping of the retry queue',
  run: async ({ clients: { lambda }, outputs: { RetryFunctionName, RetryQueueArn } }) => {
    const list = new ListEventSourceMappingsCommand({
      FunctionName: RetryFunctionName,
      EventSourceArn: RetryQueueArn,
    });
    const { EventSourceMappings = [] } = await lambda.send(list);
    const [found] = EventSourceMappings;
    if (!found)
      throw new CheckError(
        `${RetryFunctionName} has no event source mapping of ${RetryQueueArn}: parked users are not retried`,
      );
    if (found.State === 'Enabled' || found.State === 'Updating')
      return `${found.State}, batches of ${found.BatchSize}`;
    throw new CheckError(
      `the event source mapping ${found.UUID} of the retry queue is ${found.State}: parked users are not retried`,
    );
  },
};

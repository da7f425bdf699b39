import type { Sqs } from '../../sqs/sqs';
import type { QueueView } from '../shared/queues';

/** A redrive, as ListMessageMoveTasks answers it. */
export interface MoveTask {
  readonly Status: string;
  /** In ms since 1970. */
  readonly StartedTimestamp: number;
  readonly ApproximateNumberOfMessagesMoved: number;
  /** Undefined unless the redrive failed. */
  readonly FailureReason?: string;
}

/** AWS lists no more. */
const MOST = 10;

/** The redrives of the dead-letter queues, newest first, by the ARN of the queue. */
export async function readMoveTasks(
  sqs: Sqs,
  queues: readonly QueueView[],
): Promise<Map<string, MoveTask[]>> {
  const tasks = new Map<string, MoveTask[]>();
  for (const { arn } of queues.filter(({ isDeadLetterQueue }) => isDeadLetterQueue)) {
    const input = { SourceArn: arn, MaxResults: MOST };
    tasks.set(arn, (await sqs.perform<{ Results: MoveTask[] }>('ListMessageMoveTasks', input)).Results);
  }
  return tasks;
}

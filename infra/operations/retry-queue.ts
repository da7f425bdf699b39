import { Duration } from 'aws-cdk-lib';
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { allow } from '../access/allow';
import { RETRY_CONCURRENCY } from '../functions/retry-onboarding';
import type { ResolvedSettings } from '../settings/onboarding-settings';
import type { TimeBudget } from '../settings/time-budget';

/** The queue in which users wait for a retry, and the queue for users whose retries all failed. */
export class RetryQueue extends Construct {
  readonly queue: Queue;
  readonly deadLetterQueue: Queue;

  constructor(
    scope: Construct,
    id: string,
    { encryptionKey }: ResolvedSettings,
    private readonly times: TimeBudget,
  ) {
    super(scope, id);
    const encryption = encryptionKey
      ? { encryption: QueueEncryption.KMS, encryptionMasterKey: encryptionKey }
      : { encryption: QueueEncryption.SQS_MANAGED };
    this.deadLetterQueue = new Queue(this, 'DeadLetterQueue', {
      ...encryption,
      enforceSSL: true,
      retentionPeriod: Duration.days(14),
    });
    this.queue = new Queue(this, 'Queue', {
      ...encryption,
      enforceSSL: true,
      visibilityTimeout: times.visibility,
      // Shorter than in the dead-letter queue, because a message keeps its age when it moves there.
      retentionPeriod: Duration.days(4),
      // The delays after 15 attempts, each up to twice the one before, add up to 19 to 39 hours. That is
      // longer than an outage of a service, and shorter than the retention period. The function sets these
      // delays. While it cannot run at all, only the visibility time-out lies between two attempts, and 15
      // take less than two hours.
      deadLetterQueue: { queue: this.deadLetterQueue, maxReceiveCount: 15 },
    });
  }

  /** Makes Lambda deliver the waiting users to a function, and gives the function the permissions for it. */
  deliverTo(consumer: LambdaFunction): void {
    // `SqsEventSource` would also allow GetQueueUrl, which nobody calls.
    consumer.addToRolePolicy(
      allow(
        ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes', 'sqs:ChangeMessageVisibility'],
        this.queue.queueArn,
      ),
    );
    consumer.addEventSourceMapping('RetryQueue', {
      eventSourceArn: this.queue.queueArn,
      reportBatchItemFailures: true,
      batchSize: this.times.batchSize,
      maxConcurrency: RETRY_CONCURRENCY,
    });
  }
}

import type { InvokeFunction } from '../aws/invocation';
import type { Faults } from '../gateway/faults';
import type { Iam } from '../iam/iam';
import type { Sqs } from '../sqs/sqs';
import type { AsynchronousInvocations } from './asynchronous/asynchronous-invocations';
import type { EventSourceMapping } from './event-sources/event-source-mapping';
import type { Lambda } from './lambda';

/** What the types of Lambda need of the local cloud. */
export interface LambdaServices {
  readonly asynchronous: AsynchronousInvocations;
  readonly eventSourceMappings: Map<string, EventSourceMapping>;
  readonly faults: Faults;
  readonly iam: Iam;
  readonly invokeFunction: InvokeFunction;
  readonly lambda: Lambda;
  readonly sqs: Sqs;
}

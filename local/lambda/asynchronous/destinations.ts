import { AwsError, type Input } from '../../aws/api';
import type { RoleSession } from '../../iam/role-session';
import { deadLetterAttributes, type EndedEvent, invocationRecord } from './invocation-record';

/** The calls that Lambda makes for an event under the function's role. Each may throw an {@link AwsError}. */
export interface DestinationCalls {
  readonly sendEvent: (role: RoleSession, functionArn: string, payload: string) => Promise<unknown>;
  readonly sendMessage: (
    role: RoleSession,
    message: { QueueArn: string; MessageBody: string } & Input,
  ) => Promise<unknown>;
  readonly putEvents: (role: RoleSession, input: Input) => Promise<unknown>;
}

/** The services of the destinations that exist here. */
export const DESTINATIONS = ['events', 'lambda', 'sqs'];

/** Sends the record of an event to a destination: a queue, a function or an event bus. */
export async function sendToDestination(
  calls: DestinationCalls,
  role: RoleSession,
  destinationArn: string,
  event: EndedEvent,
): Promise<void> {
  const Detail = JSON.stringify(invocationRecord(event));
  switch (destinationArn.split(':')[2]) {
    case 'sqs':
      await calls.sendMessage(role, { QueueArn: destinationArn, MessageBody: Detail });
      return;
    case 'lambda':
      await calls.sendEvent(role, destinationArn, Detail);
      return;
    case 'events':
      await calls.putEvents(role, {
        Entries: [
          {
            EventBusName: destinationArn,
            Source: 'lambda',
            DetailType: `Lambda Function Invocation Result - ${event.condition === 'Success' ? 'Success' : 'Failure'}`,
            Resources: [destinationArn, event.functionArn],
            Detail,
          },
        ],
      });
      return;
    default:
      throw new AwsError(
        'InvalidParameterValueException',
        `the local cloud cannot send events to ${destinationArn}`,
      );
  }
}

/** Sends an event to a dead-letter queue. A target that is no queue gets nothing: the start has named it. */
export async function sendToDeadLetterQueue(
  calls: DestinationCalls,
  role: RoleSession,
  QueueArn: string,
  event: EndedEvent,
): Promise<void> {
  if (QueueArn.split(':')[2] !== 'sqs') return;
  const MessageAttributes = deadLetterAttributes(event);
  await calls.sendMessage(role, { QueueArn, MessageBody: event.payload, MessageAttributes });
}

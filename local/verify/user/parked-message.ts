import { PutItemCommand } from '@aws-sdk/client-dynamodb';
import type { Verification } from '../shared/verification';
import { eventually } from '../shared/wait';
import { executionEvents, retryLines, triggerLines } from './logs';
import { isOnboarded, type OwnUser } from './own-user';
import { recordKey } from './record-key';

/** In ms. The first retries are in this time, the third one after 90 s at most. */
const TIME_LIMIT = 5 * 60_000;

/** What the retry function logs when it is done with a message. */
const DONE = ['UserAlreadyOnboarded', 'UserOnboarded'];

/** How many messages were parked for a user: the execution and the trigger can both have done it. */
export async function parkedMessages(verification: Verification, user: OwnUser): Promise<number> {
  const parked = (await triggerLines(verification, user)).filter(({ event }) => event === 'UserParked');
  const byTrigger = parked.filter(({ by }) => by === 'trigger').length;
  const executions = (await executionEvents(verification, user)).filter(
    ({ type, details }) => type === 'TaskStateExited' && details?.name === 'ParkUser',
  );
  return byTrigger + Math.max(parked.length - byTrigger, executions.length);
}

/**
 * Waits until the retry function is done with the messages of a user.
 *
 * @throws Error if a message is still there after some minutes.
 */
export async function emptyQueue(verification: Verification, user: OwnUser): Promise<void> {
  const isEmpty = await eventually(
    async () => {
      const lines = await retryLines(verification, user);
      const done = lines.filter(({ event = '' }) => DONE.includes(event)).length;
      if (done >= (await parkedMessages(verification, user))) return true;
      if (!(await isOnboarded(verification, user))) await putMarker(verification, user);
      return undefined;
    },
    { timeLimit: TIME_LIMIT },
  );
  if (isEmpty) return;
  throw new Error(`a message of ${user.sub} waits in ${verification.outputs.RetryQueueUrl}: delete it there`);
}

/** The retry function takes a user with a record for onboarded, and is done. A record that waits for its event is replaced. */
async function putMarker({ clients, outputs }: Verification, { attributes }: OwnUser): Promise<void> {
  const Item = recordKey(outputs.RecordKey, attributes);
  await clients.dynamodb.send(new PutItemCommand({ TableName: outputs.TableName, Item }));
}

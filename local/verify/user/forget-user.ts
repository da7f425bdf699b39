import { DeleteItemCommand } from '@aws-sdk/client-dynamodb';
import { unlessMissing } from '../shared/in-words';
import type { Verification } from '../shared/verification';
import { eventually } from '../shared/wait';
import { triggerLines } from './logs';
import { deleteUser, hasRecord, type OwnUser } from './own-user';
import { takeOutOfQueue } from './parked-message';
import { recordKey } from './record-key';

/** How long to wait for what the trigger has logged, in ms. */
const LOG_DELAY = 10_000;

/**
 * Deletes a user, their record, and their message if they are parked. The message goes first: a retry could
 * otherwise write the record again.
 */
export async function forgetUser(verification: Verification, user: OwnUser): Promise<void> {
  const { clients, outputs } = verification;
  try {
    if (await isParked(verification, user)) await takeOutOfQueue(verification, user);
  } finally {
    await deleteUser(verification, user);
    const Key = recordKey(outputs.RecordKey, user.attributes);
    await unlessMissing(clients.dynamodb.send(new DeleteItemCommand({ TableName: outputs.TableName, Key })));
  }
}

async function isParked(verification: Verification, user: OwnUser): Promise<boolean> {
  if (!user.confirmed || (await hasRecord(verification, user))) return false;
  const lines = await eventually(
    async () => {
      const found = await triggerLines(verification, user);
      return found.length > 0 ? found : undefined;
    },
    { timeLimit: Math.min(LOG_DELAY, verification.timeLimit) },
  );
  return lines?.some(({ event }) => event === 'UserParked') ?? false;
}

import { DeleteItemCommand } from '@aws-sdk/client-dynamodb';
import { unlessMissing } from '../shared/in-words';
import type { Verification } from '../shared/verification';
import { eventually } from '../shared/wait';
import { triggerLines } from './logs';
import { deleteUser, type OwnUser } from './own-user';
import { emptyQueue } from './parked-message';
import { recordKey } from './record-key';

/** How long to wait for what the trigger has logged, in ms. */
const LOG_DELAY = 10_000;

/**
 * Deletes a user and their record. If they are parked, their messages go first: a retry could otherwise write
 * the record again.
 */
export async function forgetUser(verification: Verification, user: OwnUser): Promise<void> {
  const { clients, outputs } = verification;
  try {
    if (user.confirmed && (await isLogged(verification, user))) await emptyQueue(verification, user);
  } finally {
    await deleteUser(verification, user);
    const Key = recordKey(outputs.RecordKey, user.attributes);
    await unlessMissing(clients.dynamodb.send(new DeleteItemCommand({ TableName: outputs.TableName, Key })));
  }
}

/** Whether the trigger was called: its last line says what became of the user. */
async function isLogged(verification: Verification, user: OwnUser): Promise<boolean> {
  const end = await eventually(
    async () => {
      const lines = await triggerLines(verification, user);
      return lines.find(({ event = '' }) => /^User(Onboarded|Parked|NotParked)$/.test(event));
    },
    { timeLimit: LOG_DELAY },
  );
  return end !== undefined;
}

import type { ConfirmedUser } from './confirmed-user';

/**
 * The user as a message of the retry queue: JSON in ASCII.
 *
 * SQS refuses some characters that an address may hold, such as U+FFFF, even inside JSON.
 *
 * @see https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SendMessage.html
 */
export function retryMessage(user: ConfirmedUser): string {
  return JSON.stringify(user).replace(/[^ -~]/g, escapeCharacter);
}

function escapeCharacter(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}

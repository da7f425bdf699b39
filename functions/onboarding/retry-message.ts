import * as v from 'valibot';
import { type ConfirmedUser, parseConfirmedUser } from './confirmed-user';
import { parse, parseJson } from './parse';

/** A message of the retry queue. */
export interface RetryMessage {
  readonly user: ConfirmedUser;
  /** Whether to onboard the user even if there is a record, which somebody else may have written. */
  readonly all: boolean;
}

const OptionsSchema = v.object({ all: v.optional(v.boolean(), false) });

/**
 * The message's body: the {@link ConfirmedUser}, and `all: true` if it is set, as JSON in ASCII.
 *
 * SQS refuses some characters that an address may hold, such as U+FFFF, even inside JSON.
 *
 * @see https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SendMessage.html
 */
export function retryMessage(user: ConfirmedUser, all = false): string {
  return JSON.stringify({ ...user, ...(all && { all }) }).replace(/[^ -~]/g, escapeCharacter);
}

/** @throws InvalidInputError naming each wrong field. */
export function parseRetryMessage(body: string): RetryMessage {
  const value = parseJson(body);
  return { user: parseConfirmedUser(value), ...parse(OptionsSchema, value, 'a retry message') };
}

function escapeCharacter(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}

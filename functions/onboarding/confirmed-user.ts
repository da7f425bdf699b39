import * as v from 'valibot';
import { parse } from './parse';

// Cognito's limits are in characters, of up to four bytes each.
const ConfirmedUserSchema = v.object({
  userPoolId: v.pipe(v.string(), v.regex(/^[\w-]{1,55}$/)),
  username: v.pipe(v.string(), v.nonEmpty(), v.maxBytes(128 * 4)),
  // Not strictly a UUID, because Cognito does not promise one. It must fit a key and an execution's name.
  sub: v.pipe(v.string(), v.regex(/^[\w-]{1,64}$/)),
  address: v.optional(v.pipe(v.string(), v.maxBytes(2048 * 4))),
});

/**
 * A confirmed user as every part of the onboarding passes it on: execution input, task payload, queue
 * message.
 *
 * `userPoolId`, `username` and `sub` are Cognito's; `address` is the user's `address` attribute exactly as
 * Cognito holds it (text of up to 2,048 characters, often JSON). No other data of the user is passed on,
 * because executions are logged.
 */
export type ConfirmedUser = v.InferOutput<typeof ConfirmedUserSchema>;

/**
 * Reads the {@link ConfirmedUser} from a value, and drops other fields.
 *
 * @throws InvalidInputError naming each wrong field.
 */
export function parseConfirmedUser(value: unknown): ConfirmedUser {
  return parse(ConfirmedUserSchema, value, 'a confirmed user');
}

import * as v from 'valibot';
import { requiredEnvironmentVariable } from './environment';
import { parse } from './parse';

// Cognito's limits are in characters, of up to four bytes each.
const attribute = v.pipe(v.string(), v.maxBytes(2048 * 4));

const ConfirmedUserSchema = v.pipe(
  v.object({
    userPoolId: v.pipe(v.string(), v.regex(/^[\w-]{1,55}$/)),
    username: v.pipe(v.string(), v.nonEmpty(), v.maxBytes(128 * 4)),
    // Not strictly a UUID, because Cognito does not promise one. It must fit a key and an execution's name.
    sub: v.pipe(v.string(), v.regex(/^[\w-]{1,64}$/)),
    attributes: v.optional(v.record(v.string(), v.nullable(attribute))),
    // Where the version before had its only attribute: a message may have waited in a queue since then.
    address: v.optional(attribute),
  }),
  v.transform(({ address, attributes, ...user }) => ({
    ...user,
    attributes: attributes ?? { address: address || null },
  })),
);

/**
 * A confirmed user as every part of the onboarding passes it on: execution input, task payload, queue
 * message.
 *
 * `userPoolId`, `username` and `sub` are Cognito's. `attributes` are those Cognito attributes that the record,
 * the group or a step names, exactly as Cognito holds them (text of up to 2,048 characters each). An attribute
 * without a value is `null`: one that is absent was not asked for, and nothing is known of it. No other data of
 * the user is passed on, because executions are logged.
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

/** Thrown for an attribute that nobody asked Cognito for when the user's data was collected. */
export class AttributeUnknownError extends Error {
  override readonly name = 'AttributeUnknownError';

  constructor(attribute: string) {
    super(
      `nothing is known of the user's ${attribute}: their data was collected before the deployment that names it`,
    );
  }
}

/**
 * The value of a user's Cognito attribute, or `undefined` if they have none.
 *
 * @throws AttributeUnknownError if it was not asked for.
 */
export function attributeOf({ attributes }: ConfirmedUser, name: string): string | undefined {
  if (!Object.hasOwn(attributes, name)) throw new AttributeUnknownError(name);
  return attributes[name] ?? undefined;
}

/** The names of the Cognito attributes that travel, from `USER_ATTRIBUTES`, which is a list in JSON. */
export function userAttributeNames(): string[] {
  return JSON.parse(requiredEnvironmentVariable('USER_ATTRIBUTES'));
}

/** A user as Cognito describes them. */
export interface CognitoUser {
  readonly userPoolId: string;
  readonly username?: string;
  /** With the `sub`. An attribute that is empty is one that the user does not have. */
  readonly attributes: Readonly<Record<string, string | undefined>>;
}

/**
 * The {@link ConfirmedUser} with the attributes that `USER_ATTRIBUTES` names.
 *
 * @throws InvalidInputError naming each wrong field.
 */
export function confirmedUserOf({ userPoolId, username, attributes }: CognitoUser): ConfirmedUser {
  const named = userAttributeNames().map((name) => [name, attributes[name] || null]);
  return parseConfirmedUser({
    userPoolId,
    username,
    sub: attributes.sub,
    attributes: Object.fromEntries(named),
  });
}

import { randomUUID } from 'node:crypto';
import { attribute, attributeValue, type UserPoolService } from 'cognito-local/lib/services/userPoolService';
import { AwsError, violation } from '../../aws/api';
import { context } from '../emulator/context';

type Attributes = { Name: string; Value?: string }[];

/** The names that a new user has. */
interface NewNames {
  readonly username: string;
  readonly sub: string;
  /** The given attributes, and the one by which the user signs in. */
  readonly attributes: Attributes;
}

const MAX_LENGTH = 128;

/** @see https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_SignUp.html */
const PATTERN = /^[\p{L}\p{M}\p{S}\p{N}\p{P}]+$/u;

const PHONE_NUMBER = /^\+[1-9]\d{1,14}$/;
const EMAIL = /^[^\s@]+@[^\s@]+$/;

/**
 * The names of a new user, from the name that somebody chose.
 *
 * @throws AwsError InvalidParameterException for a name that the user pool does not take,
 * UsernameExistsException for one that another user has.
 */
export async function newNames(
  userPool: UserPoolService,
  chosen: string,
  given: Attributes,
): Promise<NewNames> {
  assertPattern(chosen);
  const { UsernameAttributes = [], AliasAttributes = [] } = userPool.options;
  const sub = randomUUID();
  const name = folded(userPool, chosen);
  if (UsernameAttributes.length === 0) {
    assertNoAlias(name, AliasAttributes);
    if (await userPool.getUserByUsername(context, name))
      throw new AwsError('UsernameExistsException', 'User already exists');
    return { username: name, sub, attributes: given };
  }
  const Name = namingAttribute(name, UsernameAttributes);
  const isGiven = attributeValue(Name, given) !== undefined;
  const attributes = isGiven ? given : [...given, attribute(Name, name)];
  await assertFree(userPool, attributes);
  return { username: sub, sub, attributes };
}

/** @throws AwsError InvalidParameterException for an e-mail address or phone number that is none. */
export function assertAddresses(attributes: Attributes): void {
  const email = attributeValue('email', attributes);
  if (email && !EMAIL.test(email)) throw invalid('Invalid email address format.');
  const phoneNumber = attributeValue('phone_number', attributes);
  if (phoneNumber && !PHONE_NUMBER.test(phoneNumber)) throw invalid('Invalid phone number format.');
}

function assertPattern(name: string): void {
  const length = `Member must have length less than or equal to ${MAX_LENGTH}`;
  if (name.length > MAX_LENGTH) throw violation('InvalidParameterException', 'username', length);
  if (PATTERN.test(name)) return;
  const pattern = `Member must satisfy regular expression pattern: ${PATTERN.source.slice(1, -1)}`;
  throw violation('InvalidParameterException', 'username', pattern);
}

/** A name that looks like an alias could belong to somebody else. */
function assertNoAlias(name: string, aliases: readonly string[]): void {
  if (aliases.includes('email') && EMAIL.test(name))
    throw invalid('Username cannot be of email format, since user pool is configured for email alias.');
  if (aliases.includes('phone_number') && PHONE_NUMBER.test(name)) {
    throw invalid(
      'Username cannot be of phone number format, since user pool is configured for phone number alias.',
    );
  }
}

function namingAttribute(name: string, allowed: readonly string[]): string {
  if (allowed.includes('email') && EMAIL.test(name)) return 'email';
  if (allowed.includes('phone_number') && PHONE_NUMBER.test(name)) return 'phone_number';
  if (allowed.length > 1) throw invalid('Username should be either an email or a phone number.');
  throw invalid(`Username should be ${allowed[0] === 'email' ? 'an email' : 'a phone number'}.`);
}

async function assertFree(userPool: UserPoolService, attributes: Attributes): Promise<void> {
  for (const Name of userPool.options.UsernameAttributes ?? []) {
    const value = attributeValue(Name, attributes);
    if (value === undefined || !(await userPool.getUserByUsername(context, value))) continue;
    throw new AwsError('UsernameExistsException', `An account with the given ${Name} already exists.`);
  }
}

/** A name as a user pool keeps it: in lower case, if the pool ignores case. */
export function folded({ options }: UserPoolService, name: string): string {
  return options.UsernameConfiguration?.CaseSensitive === false ? name.toLowerCase() : name;
}

function invalid(message: string): AwsError {
  return new AwsError('InvalidParameterException', message);
}

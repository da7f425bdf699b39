import {
  attribute,
  attributesAppend,
  attributesFromRecord,
  attributesToRecord,
  attributeValue,
  type User,
  type UserPoolService,
} from 'cognito-local/lib/services/userPoolService';
import { AwsError } from '../../aws/api';
import { metadata, type Triggers } from '../triggers/triggers';

type Attributes = User['Attributes'];

/** A user who is about to be created, as the pre sign-up trigger sees them. */
export interface PreSignUp {
  readonly source: 'SignUp' | 'AdminCreateUser' | 'ExternalProvider';
  readonly username: string;
  readonly clientId: string | null;
  readonly attributes: Attributes;
  readonly validationData?: unknown;
  readonly clientMetadata?: unknown;
}

/** What the pre sign-up trigger decides. */
export interface AutoConfirmation {
  readonly autoConfirmUser: boolean;
  /** The addresses that count as verified: `email`, `phone_number`. */
  readonly verified: readonly string[];
}

/** What the trigger may verify, by the member of its response. */
const VERIFIABLE = { autoVerifyEmail: 'email', autoVerifyPhone: 'phone_number' };

/**
 * Asks the pre sign-up trigger.
 *
 * @throws AwsError as the trigger fails, or InvalidLambdaResponseException if it verifies an address that is not there.
 * @see https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-lambda-pre-sign-up.html
 */
export async function askPreSignUp(
  triggers: Triggers,
  userPool: UserPoolService,
  { source, username, clientId, attributes, validationData, clientMetadata }: PreSignUp,
): Promise<AutoConfirmation> {
  const response = await triggers.call(userPool, 'PreSignUp', {
    source,
    userName: username,
    clientId,
    request: {
      userAttributes: attributesToRecord(attributes),
      validationData: validationDataOf(validationData),
      ...metadata(clientMetadata),
    },
    response: { autoConfirmUser: false, autoVerifyEmail: false, autoVerifyPhone: false },
  });
  const verified = Object.entries(VERIFIABLE)
    .filter(([member]) => response?.[member] === true)
    .map(([, name]) => name);
  const missing = verified.find((name) => !attributeValue(name, attributes));
  if (missing) {
    const message = `PreSignUp verified the attribute ${missing}, which the user does not have.`;
    throw new AwsError('InvalidLambdaResponseException', message);
  }
  return { autoConfirmUser: response?.autoConfirmUser === true, verified };
}

/** A new user. */
export function newUser(
  fields: Pick<User, 'Username' | 'UserStatus' | 'Password'>,
  sub: string,
  attributes: Attributes,
  now: number,
): User {
  return {
    ...fields,
    Attributes: attributesFromRecord({ ...attributesToRecord(attributes), sub }),
    Enabled: true,
    RefreshTokens: [],
    UserCreateDate: new Date(now),
    UserLastModifiedDate: new Date(now),
  };
}

/** The attributes of a new user, with the addresses marked that somebody else has to verify. */
export function withUnverified(attributes: Attributes, names: readonly string[] = []): Attributes {
  const unverified = names
    .filter((name) => attributeValue(name, attributes))
    .map((name) => [`${name}_verified`, 'false']);
  return attributesFromRecord({ ...Object.fromEntries(unverified), ...attributesToRecord(attributes) });
}

/** A user whose addresses are verified. */
export function verifiedUser(user: User, names: readonly string[]): User {
  const verified = names.map((name) => attribute(`${name}_verified`, 'true'));
  return { ...user, Attributes: attributesAppend(user.Attributes, ...verified) };
}

function validationDataOf(data: unknown): Record<string, string> | null {
  return Array.isArray(data) ? attributesToRecord(data) : null;
}

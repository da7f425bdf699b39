import type { UserType } from '@aws-sdk/client-cognito-identity-provider';
import type { Context, SQSRecord } from 'aws-lambda';
import type { ConfirmedUser } from '../../functions/onboarding/confirmed-user';

export const SUB = '6f2b7c1e-0c5f-4b3e-9a51-2f6f8f0c9d11';
export const EXECUTION_ARN = 'arn:aws:states:us-east-1:000000000000:express:Onboarding:name:id';

/** A confirmed user, as the functions pass it on. */
export function confirmedUser(overrides: Partial<ConfirmedUser> = {}): ConfirmedUser {
  return {
    userPoolId: 'us-east-1_AbCdEfGhI',
    username: SUB,
    sub: SUB,
    attributes: { address: null },
    ...overrides,
  };
}

/** The payload of a task function. */
export function taskInput(overrides: Partial<ConfirmedUser> = {}) {
  return { confirmedUser: confirmedUser(overrides), executionArn: EXECUTION_ARN };
}

interface EventOverrides {
  readonly triggerSource?: string;
  readonly attributes?: Record<string, unknown>;
}

/** The event with which Cognito calls a post confirmation trigger. */
export function postConfirmationEvent({ triggerSource, attributes }: EventOverrides = {}) {
  return {
    version: '1',
    region: 'us-east-1',
    userPoolId: 'us-east-1_AbCdEfGhI',
    userName: SUB,
    callerContext: { awsSdkVersion: 'aws-sdk-unknown-unknown', clientId: '4c2l3kd5ntjkjh5i8l9d3f0a1b' },
    triggerSource: triggerSource ?? 'PostConfirmation_ConfirmSignUp',
    request: {
      userAttributes: {
        sub: SUB,
        email: 'ada@example.com',
        email_verified: 'true',
        'cognito:user_status': 'CONFIRMED',
        ...attributes,
      },
    },
    response: {},
  };
}

/** The context of an invocation with the given time left, in ms. */
export function lambdaContext(remainingTime = 4_000): Context {
  return { awsRequestId: '0b7e4a52-request', getRemainingTimeInMillis: () => remainingTime } as Context;
}

/** Cognito's attribute `identities` of a user who signs in through a provider. */
export function identityAt(providerName: string): string {
  return JSON.stringify([
    { userId: '1032', providerName, providerType: providerName, issuer: null, primary: true, dateCreated: 1 },
  ]);
}

interface MessageOverrides {
  readonly messageId?: string;
  readonly body?: string;
  readonly receiveCount?: number;
}

/** A message of the retry queue, as Lambda hands it to the function. */
export function sqsRecord({ messageId, body, receiveCount = 1 }: MessageOverrides = {}): SQSRecord {
  const id = messageId ?? 'a3c9e1d4-5b7f-4e2a-8c6d-1f0b9a8e7d6c';
  return {
    messageId: id,
    receiptHandle: `receipt of ${id}`,
    body: body ?? JSON.stringify(confirmedUser()),
    attributes: {
      ApproximateReceiveCount: String(receiveCount),
      ApproximateFirstReceiveTimestamp: '1795428000000',
      SentTimestamp: '1795428000000',
      SenderId: 'AROAEXAMPLE',
    },
    messageAttributes: {},
    md5OfBody: '',
    eventSource: 'aws:sqs',
    eventSourceARN: 'arn:aws:sqs:us-east-1:000000000000:retry',
    awsRegion: 'us-east-1',
  };
}

interface ListedUserOverrides extends Partial<UserType> {
  readonly attributes?: Record<string, string | undefined>;
}

/** A user as Cognito lists them. A missing attribute has no entry. */
export function listedUser({ attributes, ...overrides }: ListedUserOverrides = {}): UserType {
  const all = { sub: SUB, email: 'ada@example.com', email_verified: 'true', ...attributes };
  return {
    Username: all.sub,
    Enabled: true,
    UserStatus: 'CONFIRMED',
    Attributes: Object.entries(all).flatMap(([Name, Value]) =>
      Value === undefined ? [] : [{ Name, Value }],
    ),
    ...overrides,
  };
}

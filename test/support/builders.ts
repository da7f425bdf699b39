import type { Context } from 'aws-lambda';
import type { ConfirmedUser } from '../../functions/shared/confirmed-user';

export const SUB = '6f2b7c1e-0c5f-4b3e-9a51-2f6f8f0c9d11';
export const EXECUTION_ARN = 'arn:aws:states:us-east-1:000000000000:express:Onboarding:name:id';

/** A confirmed user, as the functions hand it to one another. */
export function confirmedUser(overrides: Partial<ConfirmedUser> = {}): ConfirmedUser {
  return { userPoolId: 'us-east-1_AbCdEfGhI', username: SUB, sub: SUB, ...overrides };
}

/** The payload of a task function. */
export function taskInput(overrides: Partial<ConfirmedUser> = {}) {
  return { confirmedUser: confirmedUser(overrides), executionArn: EXECUTION_ARN };
}

interface EventOverrides {
  readonly triggerSource?: string;
  readonly attributes?: Record<string, string | undefined>;
}

/** What Cognito calls a post confirmation trigger with. */
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

/** The context of an invocation that has the given time left, in ms. */
export function lambdaContext(remainingTime = 4_000): Context {
  return { awsRequestId: '0b7e4a52-request', getRemainingTimeInMillis: () => remainingTime } as Context;
}

import type { Context } from 'aws-lambda';
import { describeError } from '../aws-client/describe-error';
import { primeWith } from '../aws-client/primed-agent';
import type { ConfirmedUser } from '../onboarding/confirmed-user';
import { EXAMPLE_USER } from '../onboarding/example-user';
import { startOnboarding } from '../onboarding/start-onboarding';
import { parsePostConfirmationEvent } from './event';

/**
 * The time that the function keeps for parking the user itself, in ms: two attempts over a cold connection.
 */
const PARKING_TIME = 1_300;

/**
 * The part of it that is kept for the function's own error, in ms: the user would see Lambda's error
 * otherwise.
 */
const FAILING_TIME = 100;

/**
 * Thrown when the user could neither be onboarded nor parked.
 *
 * Cognito shows the message to the person who just confirmed their account.
 */
export class OnboardingIncompleteError extends Error {
  override readonly name = 'OnboardingIncompleteError';
  override readonly message =
    'Your account is confirmed, but setting it up is not finished yet. Please try to sign in later';
}

/**
 * Cognito's post confirmation trigger: onboards the confirmed user, or parks them, and returns the event.
 *
 * @throws OnboardingIncompleteError if the user could not even be parked.
 * @see https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-lambda-post-confirmation.html
 */
export async function handler<Event>(event: Event, context: Context): Promise<Event> {
  const { user, skipped, ignored } = readEvent(event);
  if (ignored) console.info({ event: 'TriggerSourceIgnored', ...ignored });
  if (skipped) console.info({ event: 'OnboardingSkipped', ...skipped });
  if (user) await onboardOrPark(user, context);
  return event;
}

/** Does the work in Lambda's init that the first user would otherwise wait for. */
export const prime = () =>
  primeWith(() =>
    startOnboarding({ name: 'example', startedBy: 'trigger', user: EXAMPLE_USER, timeLimit: 1_000 }),
  );

function readEvent(event: unknown) {
  try {
    return parsePostConfirmationEvent(event);
  } catch (error) {
    console.error({ event: 'InvalidEvent', ...describeError(error) });
    throw new OnboardingIncompleteError();
  }
}

async function onboardOrPark(user: ConfirmedUser, context: Context): Promise<void> {
  let delay = 0;
  // The request id links the execution and the trigger's log.
  const name = `${user.sub}_${context.awsRequestId}`;
  const timeLimit = context.getRemainingTimeInMillis() - PARKING_TIME;
  try {
    const { status, error, executionArn } = await startOnboarding({
      name,
      startedBy: 'trigger',
      user,
      timeLimit,
    });
    const log = { sub: user.sub, executionArn };
    if (status === 'SUCCEEDED') {
      console.info({ event: 'UserOnboarded', ...log });
      return;
    }
    if (error === 'OnboardingParked') {
      console.warn({ event: 'UserParked', by: 'execution', ...log });
      return;
    }
    console.error({ event: 'OnboardingFailed', status, error, ...log });
  } catch (error) {
    console.error({ event: 'ExecutionUnanswered', sub: user.sub, name, ...describeError(error) });
    if (isAborted(error)) delay = parkingDelay();
  }
  await park(user, delay, context);
}

/** The execution goes on then, and can still onboard the user. */
function isAborted(error: unknown): boolean {
  return error instanceof Error && error.name === 'AbortError';
}

/** The time of the application's own steps in s, from `PARKING_DELAY`; 0 without it. */
function parkingDelay(): number {
  return Number(process.env.PARKING_DELAY ?? 0);
}

async function park(user: ConfirmedUser, delay: number, context: Context): Promise<void> {
  try {
    // Loaded only here: the common path must not pay for a client that it does not use.
    const { parkUser } = await import('./park-user');
    await parkUser(user, { timeLimit: context.getRemainingTimeInMillis() - FAILING_TIME, delay });
  } catch (error) {
    console.error({ event: 'UserNotParked', sub: user.sub, ...describeError(error) });
    throw new OnboardingIncompleteError();
  }
  console.warn({ event: 'UserParked', by: 'trigger', sub: user.sub });
}

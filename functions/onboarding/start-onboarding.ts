import {
  SFNClient,
  StartSyncExecutionCommand,
  type StartSyncExecutionCommandOutput,
} from '@aws-sdk/client-sfn';
import { awsClientConfig } from '../aws-client/config';
import type { ConfirmedUser } from './confirmed-user';
import { requiredEnvironmentVariable } from './environment';

// Longer than the 5 minutes of the longest execution: the time limit of each start ends the wait.
const sfn = new SFNClient(awsClientConfig(310_000));

/** The data that an onboarding starts with. */
export interface OnboardingStart {
  /** The execution's name; only its first 80 characters are used. */
  readonly name: string;
  /** A user who cannot be onboarded is parked after a `trigger`, and stays in the queue after a `retry`. */
  readonly startedBy: 'trigger' | 'retry';
  readonly user: ConfirmedUser;
  /** How long to wait, in ms; the execution continues afterwards. */
  readonly timeLimit: number;
}

/**
 * Runs the state machine named by `STATE_MACHINE_ARN` and waits for its end.
 *
 * The call itself succeeds even if the execution failed: the `status` says so.
 *
 * @throws Step Functions' own errors, or an `AbortError` after the time limit.
 * @see https://docs.aws.amazon.com/step-functions/latest/apireference/API_StartSyncExecution.html
 */
export function startOnboarding({
  name,
  startedBy,
  user,
  timeLimit,
}: OnboardingStart): Promise<StartSyncExecutionCommandOutput> {
  return sfn.send(
    new StartSyncExecutionCommand({
      stateMachineArn: requiredEnvironmentVariable('STATE_MACHINE_ARN'),
      name: name.slice(0, 80),
      input: JSON.stringify({ startedBy, confirmedUser: user }),
    }),
    { abortSignal: AbortSignal.timeout(Math.max(0, timeLimit)) },
  );
}

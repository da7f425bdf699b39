import { Duration } from 'aws-cdk-lib';

/** What an application adds to the time of an execution. */
export interface AddedTime {
  /** The application's own steps, each with the longest time that it may take. */
  readonly steps: readonly { readonly name: string; readonly timeout: Duration }[];
  /** Whether an event is published after the record. */
  readonly publishesEvent: boolean;
}

/** How long each part waits for the parts that it starts. The table in docs/operations.md has all of them. */
export interface TimeBudget {
  /**
   * The time-out of the state machine, which cannot be caught: longer than its own tasks with all their retries,
   * and than one run of each step of the application, with 3 s for retries of Lambda's own faults.
   */
  readonly stateMachine: Duration;
  /**
   * How long a user waits in the queue whose execution did not answer the trigger in time: it probably onboards
   * the user meanwhile, and then the retry has nothing to do.
   */
  readonly parkingDelay: Duration;
  /** How long the retry function waits for the execution of one user. */
  readonly execution: Duration;
  /** How many users the retry function gets at once, at most. */
  readonly batchSize: number;
  /** The time-out of the retry function. */
  readonly batch: Duration;
  /** How long the retry queue hides a message from others after it was received. */
  readonly visibility: Duration;
}

/** In s, as `TimeoutSeconds` in state-machines/onboarding.asl.json. */
const STATE_MACHINE = 24;

/** In s: an execution without own steps that takes longer is slower than the user's next retry. */
const EXECUTION = 10;

/** In s: the two delays between the three attempts of a task. */
const RETRY_DELAYS = 3;

/** In s: to publish the event, and to remove the record's mark, three attempts of 2 s each, with their delays. */
const EVENT = 2 * (3 * 2 + RETRY_DELAYS);

/** In s, for each user: reading the record before a retry, and delaying the next one after it. */
const READING_AND_DELAYING = 3;

/** In s, for each batch; also for reading users whose messages were written before a deployment. */
const MARGIN = 10;

const LARGEST_BATCH = 5;

/** In s: https://docs.aws.amazon.com/step-functions/latest/dg/service-quotas.html */
const LONGEST_EXPRESS_EXECUTION = 300;

/** In s: https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html */
const LONGEST_INVOCATION = 900;

/**
 * Computes what has to wait for an execution from the time that the application adds to it.
 *
 * @throws Error naming the steps, if an execution could take longer than an Express state machine may.
 */
export function timeBudget({ steps, publishesEvent }: AddedTime): TimeBudget {
  const stepTimes = steps.map(({ timeout }) => timeout.toSeconds() + RETRY_DELAYS);
  const ofSteps = stepTimes.reduce((sum, time) => sum + time, 0);
  const added = ofSteps + (publishesEvent ? EVENT : 0);
  if (STATE_MACHINE + added > LONGEST_EXPRESS_EXECUTION) throw tooLong(steps, added);
  const execution = EXECUTION + added;
  const batchSize = Math.min(
    LARGEST_BATCH,
    Math.floor((LONGEST_INVOCATION - MARGIN) / (execution + READING_AND_DELAYING)),
  );
  const batch = batchSize * (execution + READING_AND_DELAYING) + MARGIN;
  return {
    stateMachine: Duration.seconds(STATE_MACHINE + added),
    parkingDelay: Duration.seconds(ofSteps),
    execution: Duration.seconds(execution),
    batchSize,
    batch: Duration.seconds(batch),
    // As AWS advises: https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html
    visibility: Duration.seconds(6 * batch),
  };
}

function tooLong(steps: AddedTime['steps'], added: number): Error {
  const times = steps.map(({ name, timeout }) => `${name} ${timeout.toSeconds()} s`).join(', ');
  return new Error(
    `an execution may take ${LONGEST_EXPRESS_EXECUTION} s at most, and with the time-outs of the steps (${times}) ` +
      `it could take ${STATE_MACHINE + added} s: give the steps a shorter timeout, or let a step start longer ` +
      'work and not wait for it',
  );
}

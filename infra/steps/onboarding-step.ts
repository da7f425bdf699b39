import { Duration } from 'aws-cdk-lib';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';

/**
 * A step of the application, between the group and the record.
 *
 * It must be idempotent: for one user it can run more than once, and at the same time. If it fails, the user
 * is parked, and the retry runs all the steps again.
 */
export interface OnboardingStep {
  /**
   * The name of its state, such as `CreateTenant`. Other steps find its result in `steps.CreateTenant`, and the
   * record in `<CreateTenant.field>`.
   */
  readonly name: string;
  /**
   * Gets `{ confirmedUser, executionArn, steps }` and returns the step's result. `steps` holds the results of
   * the steps before it, by their names.
   *
   * It must not depend on a user pool of the same stack, or on the onboarding's functions and state machine: it
   * takes `confirmedUser.userPoolId`, and its permission for them stands in an `iam.Policy` of its own.
   */
  readonly function: IFunction;
  /**
   * The Cognito attributes that the function finds in `confirmedUser.attributes`. They are logged with the
   * executions, and wait in the retry queue.
   *
   * @default - those that the record, the group or another step names
   */
  readonly attributes?: readonly string[];
  /**
   * The longest time for one run, in whole seconds. After more than about 2 s the user is parked, and finished
   * a little later.
   *
   * @default Duration.seconds(20)
   */
  readonly timeout?: Duration;
}

/** A step with all defaults filled in. */
export type ResolvedStep = OnboardingStep & { readonly timeout: Duration };

const STEP_NAME = /^[A-Z][A-Za-z0-9]{0,63}$/;

/**
 * Fills in the defaults.
 *
 * @param stateNames the names that states of the definition have already.
 * @throws Error for a name that cannot be a state's, or that another step or state has, and for a time-out that
 * is not known or no whole number of seconds.
 */
export function resolveSteps(
  steps: readonly OnboardingStep[],
  stateNames: readonly string[],
): ResolvedStep[] {
  const taken = new Set(stateNames);
  return steps.map((step) => {
    assertName(step.name, taken);
    taken.add(step.name);
    const { timeout = Duration.seconds(20) } = step;
    assertTimeout(step.name, timeout);
    return { ...step, timeout };
  });
}

function assertName(name: string, taken: ReadonlySet<string>): void {
  if (!STEP_NAME.test(name)) {
    throw new Error(
      'the name of a step must be 1 to 64 letters and digits and begin with a capital letter, such as ' +
        `CreateTenant, got: "${name}"`,
    );
  }
  if (taken.has(name)) {
    throw new Error(`the name of a step must differ from all other states and steps, got: "${name}"`);
  }
}

function assertTimeout(name: string, timeout: Duration): void {
  if (!timeout.isUnresolved() && timeout.toMilliseconds() >= 1000 && timeout.toMilliseconds() % 1000 === 0)
    return;
  throw new Error(
    `the timeout of the step ${name} must be a whole number of seconds, at least 1, and known at synthesis, ` +
      `got: ${timeout.isUnresolved() ? 'a token' : timeout.toHumanString()}`,
  );
}

import type { Faults } from '../models/faults';

/** The folder of the trigger, by which faults name it, and the call with which Cognito starts it. */
const TRIGGER = 'post-confirmation';
const INVOKE = 'lambda:InvokeFunction';

/** The call with which the trigger parks a user. */
const PARK = 'sqs:SendMessage';

/** The faults that excuse the trigger. All times are in ms since 1970. */
export class Excuses {
  constructor(private readonly faults: Faults) {}

  /** Whether the trigger may fail: it does not run as it should, or it can park nobody. */
  forAnError(since: number): boolean {
    return (
      this.forALateAnswer(since) ||
      this.faults.wereActive(['crash', 'invocation refused'], TRIGGER, since) ||
      this.faults.wereActive(['error'], INVOKE, since) ||
      this.faults.wereActive(['error', 'lost answer', 'delay'], PARK, since)
    );
  }

  /** Whether Cognito may have its answer late. */
  forALateAnswer(since: number): boolean {
    return (
      this.faults.wereActive(['slow start'], TRIGGER, since) ||
      this.faults.wereActive(['delay', 'lost answer'], INVOKE, since) ||
      this.forATimeout(since)
    );
  }

  /** Whether the trigger may have no time left to answer. */
  forATimeout(since: number): boolean {
    return this.faults.wereActive(['stall'], TRIGGER, since);
  }
}

import type { Clock } from '../clock/clock';
import type { CloudWatch } from '../models/cloudwatch';
import type { Cognito } from '../models/cognito';
import type { Faults } from '../models/faults';
import type { Queue } from '../models/queue';
import type { UserPool } from '../models/user-pool';

/** The parts of the world that the promise is about. */
export interface PromisedWorld {
  readonly clock: Clock;
  readonly faults: Faults;
  readonly cognito: Cognito;
  readonly pool: UserPool;
  readonly retryQueue: Queue;
  readonly deadLetterQueue: Queue;
  readonly cloudWatch: CloudWatch;
}

/** What somebody has to remember of each user, by their sub. */
export interface Memory {
  readonly numberOf: (sub: string) => number | undefined;
  /** Whether Cognito answered a user's confirmation with an error. */
  readonly sawError: (sub: string) => boolean;
}

import type { Clock } from '../clock/clock';
import type { Faults } from '../models/faults';
import type { Message } from '../models/queue';
import type { User } from '../models/user';
import type { WorkingTimes } from './features';
import { ON_THE_WAY } from './times';

/** The calls that lie between the trigger's call and a message, and that a fault can delay. */
const CALLS = ['lambda:InvokeFunction', 'states:StartSyncExecution', 'sqs:SendMessage'];

/** When a user was seen who could be onboarded. */
type Seen = Pick<User, 'calledAt' | 'listedAt'>;

/** Who puts users into the retry queue, and how long they may still do so after they have seen a user. */
export class Senders {
  constructor(
    private readonly clock: Clock,
    private readonly faults: Faults,
    private readonly times: WorkingTimes,
  ) {}

  /**
   * Whether the sender of a message has seen its user when they could be onboarded, and has not worked for
   * longer than it may since then. Only a reconciliation sends several messages together.
   */
  mayStillSend({ isOfBatch }: Pick<Message, 'isOfBatch'>, user: Seen): boolean {
    return isOfBatch ? this.mayPageSend(user) : this.mayTriggerSend(user);
  }

  /** The function has listed the page itself, and ends at its time-out. */
  private mayPageSend({ listedAt = Number.NEGATIVE_INFINITY }: Seen): boolean {
    return this.clock.now() - listedAt <= this.times.page + ON_THE_WAY;
  }

  /** The trigger ends at its time-out, and the execution that it has started at its own. */
  private mayTriggerSend({ calledAt }: Seen): boolean {
    if (calledAt === undefined) return false;
    const start = this.faults.longestTime('slow start', 'post-confirmation', calledAt);
    const delays = CALLS.map((call) => this.faults.longestTime('delay', call, calledAt));
    const work = this.times.trigger + this.times.execution + ON_THE_WAY;
    return this.clock.now() - calledAt <= delays.reduce((sum, delay) => sum + delay, start + work);
  }
}

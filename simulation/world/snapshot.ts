import type { World } from './world';

/** What a user has, for a comparison with the local cloud. */
export interface UserState {
  readonly hasRecord: boolean;
  readonly groups: readonly string[];
  readonly isQueued: boolean;
  readonly sawError: boolean;
}

/** The state of a world at a time. */
export interface Snapshot {
  /** By the numbers of the users. */
  readonly users: Readonly<Record<number, UserState>>;
  /** How many messages are in the dead-letter queue. */
  readonly dead: number;
}

export function snapshotOf({ cloud, promise, witness }: World): Snapshot {
  const { cognito, retryQueue, deadLetterQueue } = cloud;
  const states = [...cognito.users.values()].map(({ sub, groups }) => {
    const state: UserState = {
      hasRecord: promise.hasRecord(sub),
      groups: [...groups],
      isQueued: retryQueue.holds(sub),
      sawError: witness.sawError(sub),
    };
    return [witness.numberOf(sub), state];
  });
  return { users: Object.fromEntries(states), dead: deadLetterQueue.messages.size };
}

import type { DeliveredMessage } from '../../cognito/messages/messages';
import type { Execution } from '../../step-functions/execution';
import { userOf } from '../executions/execution-list';
import { type QueueView, readQueues, type WaitingUser } from '../shared/queues';
import { findUser, type PoolUser, type UserResources, type UserServices } from './users';

/** A message about a user, and the queue in which it waits. */
export interface WaitingMessage {
  readonly queue: QueueView;
  readonly message: WaitingUser;
}

/** Everything that the local cloud knows about one user. */
export interface AboutUser {
  readonly sub: string;
  /** Undefined for a user who is not in the user pool any more. */
  readonly user?: PoolUser;
  /** Newest first. */
  readonly mail: readonly DeliveredMessage[];
  /** Oldest first. */
  readonly executions: readonly Execution[];
  readonly waiting: readonly WaitingMessage[];
}

/**
 * Collects everything about a user.
 *
 * @param id the `sub` or the username.
 * @returns undefined if nobody has this name, and nobody had it who left a trace.
 */
export async function aboutUser(
  services: UserServices,
  resources: UserResources,
  id: string,
): Promise<AboutUser | undefined> {
  const user = await findUser(services, resources, id);
  const sub = user?.sub ?? id;
  const executions = services.stepFunctions.executions.filter((one) => userOf(one)?.sub === sub);
  const queues = await readQueues(services.sqs);
  const waiting = queues.flatMap((queue) =>
    queue.waiting.filter((message) => message.sub === sub).map((message) => ({ queue, message })),
  );
  if (!user && executions.length === 0 && waiting.length === 0) return undefined;
  const addresses = [user?.email, user?.attributes.phone_number].flatMap((to) => to?.toLowerCase() ?? []);
  const mail = services.cognito.messages
    .list()
    .filter(
      ({ userPoolId, to }) => userPoolId === resources.userPoolId && addresses.includes(to.toLowerCase()),
    )
    .reverse();
  return { sub, user, mail, executions, waiting };
}

import { type Check, CheckError, type Verification } from '../shared/verification';
import { eventually } from '../shared/wait';
import { whyNotOnboarded } from './failure';
import { executionEvents, triggerLines } from './logs';
import { confirm, groupsOf, hasRecord, type OwnUser, signUp } from './own-user';

/** The state that publishes the event. */
const PUBLISH_STATE = 'PublishUserOnboarded';

/** Follows one user through their onboarding. Each check needs the one before. */
export function onboardingChecks(): Check[] {
  let user: OwnUser | undefined;
  const withUser = (name: string, run: (verification: Verification, user: OwnUser) => Promise<string>) => ({
    name,
    run: async (verification: Verification) => {
      user ??= await signUp(verification);
      return run(verification, user);
    },
  });
  return [
    withUser('a user signs up', async (_, { attributes }) => attributes.email ?? ''),
    withUser('the user confirms', async (verification, own) => {
      await confirm(verification, own);
      return `sub ${own.sub}`;
    }),
    withUser('the user is in their group', joinsGroup),
    withUser('the user has a record', getsRecord),
    withUser('the execution is in the logs', isLogged),
    withUser('the event is published', publishesEvent),
  ];
}

/** @throws CheckError if the user does not join the group in time. */
export async function joinsGroup(verification: Verification, user: OwnUser): Promise<string> {
  const { GroupNames, GroupRule } = verification.outputs;
  if (GroupRule === undefined) return 'nobody joins a group';
  // A rule may choose no group. The record comes last, and with it all groups are known.
  const isDone = async (groups: string[]) => {
    return GroupRule === 'name' ? groups.includes(GroupNames[0] ?? '') : hasRecord(verification, user);
  };
  const joined = await eventually(async () => {
    const groups = await groupsOf(verification, user);
    return (await isDone(groups)) ? groups : undefined;
  }, verification);
  if (joined) return joined.join(', ') || 'the rule chooses no group';
  const expected = GroupNames.join(' or ');
  throw await lateError(verification, user, `the user is not in the group ${expected}`);
}

/** @throws CheckError if there is no record in time. */
export async function getsRecord(verification: Verification, user: OwnUser): Promise<string> {
  const found = await eventually(
    async () => (await hasRecord(verification, user)) || undefined,
    verification,
  );
  if (found) return `in ${verification.outputs.TableName}`;
  throw await lateError(verification, user, `the user has no record in ${verification.outputs.TableName}`);
}

async function isLogged(verification: Verification, user: OwnUser): Promise<string> {
  const { ExecutionLogGroupName, TriggerLogGroupName } = verification.outputs;
  const executionArn = await eventually(async () => {
    const succeeded = ExecutionLogGroupName
      ? (await executionEvents(verification, user)).find(({ type }) => type === 'ExecutionSucceeded')
          ?.execution_arn
      : (await triggerLines(verification, user)).find(({ event }) => event === 'UserOnboarded')?.executionArn;
    return succeeded;
  }, verification);
  if (executionArn) return executionArn.slice(executionArn.lastIndexOf(':') + 1);
  const logGroup = ExecutionLogGroupName ?? TriggerLogGroupName;
  throw await lateError(verification, user, `${logGroup} has no execution of the user that succeeded`);
}

async function publishesEvent(verification: Verification, user: OwnUser): Promise<string> {
  const { EventBusName, ExecutionLogGroupName } = verification.outputs;
  if (!EventBusName) return 'the stack publishes no events';
  if (!ExecutionLogGroupName) return 'not seen: only executions that fail are logged';
  const published = await eventually(async () => {
    const events = await executionEvents(verification, user);
    return events.find(({ type, details }) => type === 'TaskStateExited' && details?.name === PUBLISH_STATE);
  }, verification);
  if (published) return `${EventBusName} has taken it`;
  throw await lateError(verification, user, `no event of the user was put to ${EventBusName}`);
}

async function lateError(verification: Verification, user: OwnUser, what: string): Promise<CheckError> {
  const seconds = verification.timeLimit / 1_000;
  return new CheckError(`${what} after ${seconds} s: ${await whyNotOnboarded(verification, user)}`);
}

import {
  CreateGroupCommand,
  DeleteGroupCommand,
  GetGroupCommand,
  GroupExistsException,
  type GroupType,
  ListUsersInGroupCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { type Check, CheckError, type Verification } from '../shared/verification';
import { eventually } from '../shared/wait';
import { triggerLines } from './logs';
import { getsRecord, joinsGroup } from './onboarding';
import { confirm, type OwnUser, signUp } from './own-user';

/** The first retries come within minutes, in ms. */
const HEALING_TIME = 10 * 60_000;

/** Takes the group away, so that a user is parked, gives it back, and waits until a retry heals the user. */
export const disturbance: Check = {
  name: 'a user is parked, and healed by a retry',
  run: async (verification) => {
    await emptyGroup(verification);
    const user = await signUp(verification);
    // Somebody else may have joined since.
    const group = await emptyGroup(verification);
    // Undone before the user is deleted: a retry can then end.
    verification.cleanup.add(`the missing group ${group.GroupName}`, () => restore(verification, group));
    await verification.clients.cognito.send(
      new DeleteGroupCommand({ UserPoolId: group.UserPoolId, GroupName: group.GroupName }),
    );
    await confirm(verification, user);
    await isParked(verification, user);
    await restore(verification, group);
    const begin = Date.now();
    const patient = { ...verification, timeLimit: Math.max(HEALING_TIME, verification.timeLimit) };
    await joinsGroup(patient, user);
    await getsRecord(patient, user);
    return `healed ${((Date.now() - begin) / 1_000).toFixed(1)} s after the group was back`;
  },
};

/** @throws CheckError if deleting the group would take it away from anybody but users of the verification. */
async function emptyGroup({ clients: { cognito }, outputs }: Verification): Promise<GroupType> {
  const { UserPoolId, GroupNames, GroupRule } = outputs;
  const [GroupName] = GroupNames;
  if (GroupRule !== 'name' || !GroupName)
    throw new CheckError('--disturb needs one group that every user joins, and this stack has none');
  const { Group = {} } = await cognito.send(new GetGroupCommand({ UserPoolId, GroupName }));
  const list = new ListUsersInGroupCommand({ UserPoolId, GroupName, Limit: 10 });
  const { Users = [], NextToken } = await cognito.send(list);
  const others = Users.filter(({ Attributes = [] }) => !Attributes.some(isOwnAddress));
  if (others.length === 0 && !NextToken) return Group;
  throw new CheckError(
    `the group ${GroupName} has members, who would lose it: use --disturb only before the first user`,
  );
}

function isOwnAddress({ Name, Value = '' }: { readonly Name?: string; readonly Value?: string }): boolean {
  return Name === 'email' && /^success\+.+@simulator\.amazonses\.com$/.test(Value);
}

async function isParked(verification: Verification, user: OwnUser): Promise<void> {
  const parked = await eventually(async () => {
    const lines = await triggerLines(verification, user);
    return lines.some(({ event }) => event === 'UserParked') || undefined;
  }, verification);
  if (!parked)
    throw new CheckError(
      `the trigger has not parked the user within ${verification.timeLimit / 1_000} s, though there is no group`,
    );
}

/** It is no error if the group is there already. */
async function restore({ clients: { cognito } }: Verification, group: GroupType): Promise<void> {
  const { UserPoolId, GroupName, Description, Precedence, RoleArn } = group;
  try {
    await cognito.send(new CreateGroupCommand({ UserPoolId, GroupName, Description, Precedence, RoleArn }));
  } catch (error) {
    if (!(error instanceof GroupExistsException)) throw error;
  }
}

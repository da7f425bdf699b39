import { GetGroupCommand } from '@aws-sdk/client-cognito-identity-provider';
import { unlessMissing } from '../shared/in-words';
import { type Check, CheckError } from '../shared/verification';

/** Every group that a user can join exists. */
export const groups: Check = {
  name: 'the groups',
  run: async ({ clients: { cognito }, outputs: { UserPoolId, GroupNames } }) => {
    for (const GroupName of GroupNames) {
      const group = await unlessMissing(cognito.send(new GetGroupCommand({ UserPoolId, GroupName })));
      if (!group)
        throw new CheckError(
          `the user pool ${UserPoolId} has no group ${GroupName}: nobody can be onboarded`,
        );
    }
    return GroupNames.join(', ') || 'nobody joins a group';
  },
};

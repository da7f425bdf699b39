import { GetCallerIdentityCommand } from '@aws-sdk/client-sts';
import { placeOf } from '../shared/outputs';
import { type Check, CheckError } from '../shared/verification';

/** The caller is in the account and region of the stack. Before that, no other answer means anything. */
export const caller: Check = {
  name: 'your credentials and region',
  run: async ({ clients: { sts }, outputs }) => {
    const expected = placeOf(outputs);
    const region = await sts.config.region();
    if (region !== expected.region)
      throw new CheckError(
        `the stack is in ${expected.region}, but your region is ${region}: set AWS_REGION=${expected.region}`,
      );
    const { Account, Arn } = await sts.send(new GetCallerIdentityCommand({}));
    if (Account !== expected.account)
      throw new CheckError(
        `the stack is in the account ${expected.account}, but your credentials are of ${Account}: sign in there`,
      );
    return `${Arn} in ${region}`;
  },
};

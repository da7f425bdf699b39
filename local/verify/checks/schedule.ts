import { GetScheduleCommand } from '@aws-sdk/client-scheduler';
import { unlessMissing } from '../shared/in-words';
import { type Check, CheckError } from '../shared/verification';

/** The reconciliation is started on schedule. */
export const schedule: Check = {
  name: 'the schedule of the reconciliation',
  run: async ({ clients: { scheduler }, outputs }) => {
    const { ScheduleName: Name, ScheduleGroupName: GroupName, ReconciliationStateMachineArn } = outputs;
    const found = await unlessMissing(scheduler.send(new GetScheduleCommand({ Name, GroupName })));
    const consequence = 'nobody looks for users without a record';
    if (!found) throw new CheckError(`there is no schedule ${Name} in ${GroupName}: ${consequence}`);
    if (found.State !== 'ENABLED')
      throw new CheckError(`the schedule ${Name} is ${found.State}: ${consequence}`);
    if (found.Target?.Arn === ReconciliationStateMachineArn) return String(found.ScheduleExpression);
    throw new CheckError(
      `the schedule ${Name} starts ${found.Target?.Arn}, not ${ReconciliationStateMachineArn}: ${consequence}`,
    );
  },
};

import { arn } from '../aws/environment';
import { named } from '../aws/identity';
import type { Resource, ResourceTypes } from '../aws/resource-type';
import type { Iam } from '../iam/iam';
import { assertMayStart, type ScheduleProperties } from './schedule';

interface SchedulerServices {
  readonly iam: Iam;
}

/** The types of EventBridge Scheduler. */
export const SCHEDULER_RESOURCES: ResourceTypes<SchedulerServices> = {
  'AWS::Scheduler::Schedule': {
    nameProperty: 'Name',
    identify: ({ name }) => ({
      ref: name,
      attributes: { Arn: arn('scheduler', `schedule/default/${name}`) },
    }),
    create: ({ iam }, { ref, properties: { GroupName, Target } }: Resource<ScheduleProperties>) =>
      assertMayStart(iam, ref, Target, GroupName),
  },
  'AWS::Scheduler::ScheduleGroup': {
    nameProperty: 'Name',
    identify: named('scheduler', 'schedule-group/'),
  },
};

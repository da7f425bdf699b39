import { arn } from '../aws/environment';
import { named } from '../aws/identity';
import type { Resource, ResourceTypes } from '../aws/resource-type';
import type { ScheduleProperties } from './schedule';
import type { Scheduler } from './scheduler';

interface SchedulerServices {
  readonly scheduler: Scheduler;
}

/** The types of EventBridge Scheduler. */
export const SCHEDULER_RESOURCES: ResourceTypes<SchedulerServices> = {
  'AWS::Scheduler::Schedule': {
    nameProperty: 'Name',
    identify: ({ name }) => ({
      ref: name,
      attributes: { Arn: arn('scheduler', `schedule/default/${name}`) },
    }),
    create: ({ scheduler }, { ref, properties }: Resource<ScheduleProperties>) =>
      scheduler.create(ref, properties),
    delete: ({ scheduler }, { ref }) => scheduler.delete(ref),
  },
  'AWS::Scheduler::ScheduleGroup': {
    nameProperty: 'Name',
    identify: named('scheduler', 'schedule-group/'),
  },
};

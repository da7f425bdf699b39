import { arn } from '../aws/environment';
import { named } from '../aws/identity';
import type { Resource, ResourceTypes } from '../aws/resource-type';
import { SCHEDULE } from './properties';
import { canStart, type ScheduleProperties } from './schedule';
import type { Scheduler } from './scheduler';

interface SchedulerServices {
  readonly scheduler: Scheduler;
}

/** The types of EventBridge Scheduler. */
export const SCHEDULER_RESOURCES: ResourceTypes<SchedulerServices> = {
  'AWS::Scheduler::Schedule': {
    nameProperty: 'Name',
    maxNameLength: 64,
    properties: SCHEDULE,
    identify: ({ name, environment, property }) => {
      const group = property('GroupName') ?? 'default';
      return { ref: name, attributes: { Arn: arn('scheduler', `schedule/${group}/${name}`, environment) } };
    },
    isInert: ({ Target }: ScheduleProperties) => !canStart(Target.Arn),
    create: ({ scheduler }, { ref, properties, environment }: Resource<ScheduleProperties>) =>
      scheduler.create(ref, properties, environment),
    update: (
      { scheduler },
      { ref, properties, environment }: Resource<ScheduleProperties>,
      hasNewProperties,
    ) => {
      if (!hasNewProperties) return false;
      scheduler.delete(ref);
      scheduler.create(ref, properties, environment);
      return true;
    },
    delete: ({ scheduler }, { ref }) => scheduler.delete(ref),
  },
  'AWS::Scheduler::ScheduleGroup': {
    nameProperty: 'Name',
    maxNameLength: 64,
    identify: named('scheduler', 'schedule-group/'),
  },
};

import { named } from '../aws/identity';
import type { Resource, ResourceTypes } from '../aws/resource-type';
import type { AlarmProperties, CloudWatch } from './cloudwatch';
import { ALARM } from './properties';

interface CloudWatchServices {
  readonly cloudWatch: CloudWatch;
}

/** The types of CloudWatch that have an API here. */
export const CLOUDWATCH_RESOURCES: ResourceTypes<CloudWatchServices> = {
  'AWS::CloudWatch::Alarm': {
    nameProperty: 'AlarmName',
    maxNameLength: 255,
    properties: ALARM,
    identify: named('cloudwatch', 'alarm:'),
    create: ({ cloudWatch }, { ref, arn, properties }: Resource<AlarmProperties>) =>
      cloudWatch.createAlarm(ref, arn, properties),
    delete: ({ cloudWatch }, { ref }) => cloudWatch.deleteAlarm(ref),
  },
};

import { arn } from '../aws/environment';
import type { ResourceTypes } from '../aws/resource-type';
import type { Logs } from './logs';
import { LOG_GROUP } from './properties';

interface LogsServices {
  readonly logs: Logs;
}

/** The types of CloudWatch Logs. */
export const LOGS_RESOURCES: ResourceTypes<LogsServices> = {
  'AWS::Logs::LogGroup': {
    nameProperty: 'LogGroupName',
    maxNameLength: 512,
    properties: LOG_GROUP,
    identify: ({ name, environment }) => {
      return { ref: name, attributes: { Arn: `${arn('logs', `log-group:${name}`, environment)}:*` } };
    },
    create: ({ logs }, { ref }) => logs.createLogGroup(ref),
    delete: ({ logs }, { ref }) => logs.deleteLogGroup(ref),
  },
};

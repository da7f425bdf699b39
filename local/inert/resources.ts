import { arn } from '../aws/environment';
import type { ResourceTypes } from '../aws/resource-type';

/** Types that other resources can refer to, but that do nothing in the local cloud. */
export const INERT_RESOURCES: ResourceTypes = {
  'AWS::CDK::Metadata': {},
  'AWS::CloudWatch::Alarm': {},
  'AWS::CloudWatch::Dashboard': {},
  'AWS::KMS::Key': {},
  'AWS::Logs::LogGroup': {
    nameProperty: 'LogGroupName',
    identify: ({ name }) => ({ ref: name, attributes: { Arn: `${arn('logs', `log-group:${name}`)}:*` } }),
  },
  'AWS::Logs::MetricFilter': {},
  'AWS::SNS::Topic': {
    nameProperty: 'TopicName',
    identify: ({ name }) => {
      const topicArn = arn('sns', name);
      return { ref: topicArn, attributes: { TopicArn: topicArn, TopicName: name } };
    },
  },
};

import { type AwsService, type Input, jsonResponse } from '../aws/api';

/** An alarm as the template describes it. */
export interface AlarmProperties {
  readonly ActionsEnabled?: boolean;
}

/** CloudWatch: knows the alarms of the template. There are no metrics here, so that no alarm goes off. */
export class CloudWatch implements AwsService {
  readonly prefix = 'cloudwatch';
  readonly actions = ['DescribeAlarms'];
  private readonly alarms = new Map<string, Record<string, unknown>>();

  readonly call: AwsService['call'] = async ({ input }) => jsonResponse(this.describeAlarms(input));

  createAlarm(name: string, alarmArn: string, properties: AlarmProperties): void {
    const { ActionsEnabled = true } = properties;
    const state = { StateValue: 'INSUFFICIENT_DATA', StateReason: 'the local cloud has no metrics' };
    this.alarms.set(name, {
      ...properties,
      AlarmName: name,
      AlarmArn: alarmArn,
      ActionsEnabled,
      ...state,
    });
  }

  deleteAlarm(name: string): void {
    this.alarms.delete(name);
  }

  /** @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_DescribeAlarms.html */
  private describeAlarms({ AlarmNames, AlarmNamePrefix = '' }: Input) {
    const isAsked = (name: string) =>
      (AlarmNames as string[] | undefined)?.includes(name) ?? name.startsWith(String(AlarmNamePrefix));
    const found = [...this.alarms].filter(([name]) => isAsked(name));
    return { CompositeAlarms: [], MetricAlarms: found.map(([, alarm]) => alarm) };
  }
}

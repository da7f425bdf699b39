import { DescribeAlarmsCommand } from '@aws-sdk/client-cloudwatch';
import { type Check, CheckError } from '../shared/verification';

/** Every alarm exists and may notify. One that is going off is told of, and is no failure of the deployment. */
export const alarms: Check = {
  name: 'the alarms',
  run: async ({ clients: { cloudWatch }, outputs: { AlarmNames } }) => {
    const { MetricAlarms = [] } = await cloudWatch.send(
      new DescribeAlarmsCommand({ AlarmNames, MaxRecords: 100 }),
    );
    const found = new Map(MetricAlarms.map((alarm) => [alarm.AlarmName, alarm]));
    const missing = AlarmNames.filter((name) => !found.has(name));
    if (missing.length > 0) throw new CheckError(`these alarms are missing: ${missing.join(', ')}`);
    const silent = MetricAlarms.filter(({ ActionsEnabled }) => ActionsEnabled === false);
    if (silent.length > 0)
      throw new CheckError(`the actions of these alarms are disabled: ${namesOf(silent)}`);
    const active = MetricAlarms.filter(({ StateValue }) => StateValue === 'ALARM');
    return `${AlarmNames.length}${active.length > 0 ? `; going off: ${namesOf(active)}` : ''}`;
  },
};

function namesOf(alarms: readonly { readonly AlarmName?: string }[]): string {
  return alarms.map(({ AlarmName }) => AlarmName).join(', ');
}

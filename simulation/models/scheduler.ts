import type { AppResource } from '../app/app';
import { nextTime } from '../app/next-time';
import type { Clock } from '../clock/clock';
import type { Metrics } from './cloudwatch';
import type { Network } from './network';

export interface ScheduleProperties {
  readonly ScheduleExpression: string;
  readonly GroupName?: string;
  readonly Target: {
    readonly Arn: string;
    readonly Input?: string;
    readonly RetryPolicy?: {
      readonly MaximumEventAgeInSeconds?: number;
      readonly MaximumRetryAttempts?: number;
    };
  };
}

const MINUTE = 60_000;

/** EventBridge Scheduler: starts a state machine at the times of its schedule, and tries again if it cannot. */
export class Scheduler {
  constructor(
    private readonly schedule: AppResource<ScheduleProperties>,
    private readonly clock: Clock,
    private readonly network: Network,
    private readonly metrics: Metrics,
  ) {
    this.wait();
  }

  private wait(): void {
    const next = nextTime(this.schedule.properties.ScheduleExpression, this.clock.now());
    this.clock.at(next, () => {
      void this.invoke();
      this.wait();
    });
  }

  private async invoke(): Promise<void> {
    const { Target, GroupName = 'default' } = this.schedule.properties;
    const { MaximumEventAgeInSeconds = 86_400, MaximumRetryAttempts = 185 } = Target.RetryPolicy ?? {};
    const deadline = this.clock.now() + MaximumEventAgeInSeconds * 1000;
    for (let attempt = 0; attempt <= MaximumRetryAttempts && this.clock.now() <= deadline; attempt += 1) {
      try {
        await this.network.call('states', 'StartExecution', {
          stateMachineArn: Target.Arn,
          input: Target.Input,
        });
        return;
      } catch {
        this.metrics.add('AWS/Scheduler', 'TargetErrorCount', { ScheduleGroup: GroupName }, 1);
        await this.clock.sleep(Math.min(MINUTE * 2 ** attempt, 10 * MINUTE));
      }
    }
  }
}

import { AwsError, type Input } from '../aws/api';
import { arn, DEFAULT_ENVIRONMENT, type Environment } from '../aws/environment';
import type { Iam, RoleSession } from '../iam/iam';
import { assertMayStart, type ScheduleProperties } from './schedule';
import { scheduleInput } from './schedule-input';

/** The calls that EventBridge Scheduler makes under a schedule's role. Each may throw an {@link AwsError}. */
interface ScheduleCalls {
  /** Hands an event to a function, and does not wait for the function. */
  readonly sendEvent: (role: RoleSession, functionArn: string, payload: string) => Promise<unknown>;
  readonly sendMessage: (
    role: RoleSession,
    message: { QueueArn: string; MessageBody: string },
  ) => Promise<unknown>;
  readonly startExecution: (role: RoleSession, input: Input) => Promise<unknown>;
}

interface Schedule {
  readonly environment: Environment;
  readonly properties: ScheduleProperties;
  readonly role: RoleSession;
}

/** EventBridge Scheduler. It keeps no time: a person runs a schedule. */
export class Scheduler {
  private readonly schedules = new Map<string, Schedule>();

  constructor(
    private readonly iam: Iam,
    private readonly calls: ScheduleCalls,
  ) {}

  /** @throws Error if the schedule could not start its target, or another schedule has its name. */
  create(name: string, properties: ScheduleProperties, environment: Environment = DEFAULT_ENVIRONMENT): void {
    if (this.schedules.has(name))
      throw new Error(`there are two schedules named ${name}: name one differently`);
    const role = assertMayStart(this.iam, name, properties, environment);
    this.schedules.set(name, { environment, properties, role });
  }

  delete(name: string): void {
    this.schedules.delete(name);
  }

  /** The schedules of the template. */
  list() {
    return [...this.schedules].map(([name, { properties }]) => {
      const { ScheduleExpression, State = 'ENABLED', Target } = properties;
      return { name, scheduleExpression: ScheduleExpression, state: State, target: Target.Arn };
    });
  }

  /**
   * Starts the target of a schedule as EventBridge Scheduler does, once, and whatever its state is.
   *
   * @returns what the target's service answered.
   * @throws AwsError ResourceNotFoundException, or the error of the target's service.
   */
  async run(name: string): Promise<unknown> {
    const schedule = this.schedules.get(name);
    if (!schedule) throw new AwsError('ResourceNotFoundException', `there is no schedule named ${name}`, 404);
    const { GroupName = 'default', Target } = schedule.properties;
    const time = new Date().toISOString().replace(/\.\d+/, '');
    const input = scheduleInput(Target.Input, {
      time,
      scheduleArn: arn('scheduler', `schedule/${GroupName}/${name}`, schedule.environment),
    });
    return this.start(schedule.role, Target.Arn, input);
  }

  private start(role: RoleSession, targetArn: string, input: string): Promise<unknown> {
    switch (targetArn.split(':')[2]) {
      case 'states':
        return this.calls.startExecution(role, { stateMachineArn: targetArn, input });
      case 'sqs':
        return this.calls.sendMessage(role, { QueueArn: targetArn, MessageBody: input });
      default:
        return this.calls.sendEvent(role, targetArn, input);
    }
  }
}

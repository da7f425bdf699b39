import { AwsError, type AwsService, type Input, jsonResponse } from '../aws/api';
import { arn, DEFAULT_ENVIRONMENT, type Environment } from '../aws/environment';
import type { Iam } from '../iam/iam';
import type { RoleSession } from '../iam/role-session';
import { lastDue, type Span } from './due';
import { assertMayStart, type ScheduleProperties, type ScheduleTarget } from './schedule';
import { scheduleInput } from './schedule-input';

/** The calls that EventBridge Scheduler makes under a schedule's role. Each may throw an {@link AwsError}. */
export interface ScheduleCalls {
  /** Hands an event to a function, and does not wait for the function. */
  readonly sendEvent: (role: RoleSession, functionArn: string, payload: string) => Promise<unknown>;
  readonly sendMessage: (
    role: RoleSession,
    message: { QueueArn: string; MessageBody: string; MessageGroupId?: string },
  ) => Promise<unknown>;
  readonly startExecution: (role: RoleSession, input: Input) => Promise<unknown>;
}

interface Schedule {
  /** In ms since 1970. */
  readonly createdAt: number;
  readonly environment: Environment;
  readonly properties: ScheduleProperties;
  readonly role: RoleSession;
}

/** A start of a schedule that was due; `scheduledAt` is ISO 8601. */
export interface DueStart {
  readonly name: string;
  readonly scheduledAt: string;
  /** Why the target could not be started. */
  readonly error?: string;
}

/** EventBridge Scheduler. It does not wait for a time: a person runs a schedule, or moves the clock forward. */
export class Scheduler implements AwsService {
  readonly prefix = 'scheduler';
  readonly actions = ['GetSchedule'];
  private readonly schedules = new Map<string, Schedule>();

  constructor(
    private readonly iam: Iam,
    private readonly calls: ScheduleCalls,
    private readonly now: () => number = Date.now,
  ) {}

  readonly call: AwsService['call'] = async ({ input }) => jsonResponse(this.getSchedule(input));

  /** @throws Error if the schedule could not start its target, or another schedule has its name. */
  create(name: string, properties: ScheduleProperties, environment: Environment = DEFAULT_ENVIRONMENT): void {
    if (this.schedules.has(name))
      throw new Error(`there are two schedules named ${name}: name one differently`);
    const role = assertMayStart(this.iam, name, properties, environment);
    this.schedules.set(name, { createdAt: this.now(), environment, properties, role });
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
   * @param dueAt the time that its target is told, in ms since 1970.
   * @returns what the target's service answered.
   * @throws AwsError ResourceNotFoundException, or the error of the target's service.
   */
  async run(name: string, dueAt = this.now()): Promise<unknown> {
    const schedule = this.schedules.get(name);
    if (!schedule) throw new AwsError('ResourceNotFoundException', `there is no schedule named ${name}`, 404);
    const { GroupName = 'default', Target } = schedule.properties;
    const time = new Date(dueAt).toISOString().replace(/\.\d+/, '');
    const input = scheduleInput(Target.Input, {
      time,
      scheduleArn: arn('scheduler', `schedule/${GroupName}/${name}`, schedule.environment),
    });
    return this.start(schedule.role, Target, input);
  }

  /** @see https://docs.aws.amazon.com/scheduler/latest/APIReference/API_GetSchedule.html */
  private getSchedule({ Name, GroupName: asked = 'default' }: Input) {
    const { environment, properties } = this.schedules.get(String(Name)) ?? {};
    const { GroupName = 'default', State = 'ENABLED' } = properties ?? {};
    if (!properties || GroupName !== asked)
      throw new AwsError('ResourceNotFoundException', `Schedule ${Name} does not exist.`, 404);
    const Arn = arn('scheduler', `schedule/${GroupName}/${Name}`, environment);
    return { ...properties, Arn, Name, GroupName, State };
  }

  /** Starts each enabled schedule that is due in a span of time: once, for the last time that it is due. */
  async runDue(span: Span): Promise<DueStart[]> {
    const due = [...this.schedules].flatMap(([name, { createdAt, properties }]) => {
      const dueAt = properties.State === 'DISABLED' ? undefined : lastDue(properties, createdAt, span);
      return dueAt === undefined ? [] : [{ name, dueAt }];
    });
    const starts: DueStart[] = [];
    for (const { name, dueAt } of due.toSorted((a, b) => a.dueAt - b.dueAt)) {
      const start = { name, scheduledAt: new Date(dueAt).toISOString() };
      starts.push(
        await this.run(name, dueAt).then(
          () => start,
          (error) => ({ ...start, error: String(error) }),
        ),
      );
    }
    return starts;
  }

  private start(role: RoleSession, target: ScheduleTarget, input: string): Promise<unknown> {
    const { Arn: targetArn, SqsParameters } = target;
    switch (targetArn.split(':')[2]) {
      case 'states':
        return this.calls.startExecution(role, { stateMachineArn: targetArn, input });
      case 'sqs':
        return this.calls.sendMessage(role, { QueueArn: targetArn, MessageBody: input, ...SqsParameters });
      default:
        return this.calls.sendEvent(role, targetArn, input);
    }
  }
}

import { randomUUID } from 'node:crypto';
import { environmentOf } from '../aws/environment';

/** One run of a schedule. */
export interface ScheduleRun {
  readonly scheduleArn: string;
  /** ISO 8601, in whole seconds. */
  readonly time: string;
}

/**
 * The text that a target gets: the schedule's `Input` with its keywords replaced, or the default notification.
 *
 * @see https://docs.aws.amazon.com/scheduler/latest/UserGuide/managing-schedule-context-attributes.html
 */
export function scheduleInput(input: string | undefined, { scheduleArn, time }: ScheduleRun): string {
  const id = randomUUID();
  const keywords: Record<string, string> = {
    '<aws.scheduler.schedule-arn>': scheduleArn,
    '<aws.scheduler.scheduled-time>': time,
    '<aws.scheduler.execution-id>': id,
    '<aws.scheduler.attempt-number>': '1',
  };
  return input === undefined
    ? notification(id, scheduleArn, time)
    : input.replace(/<aws\.scheduler\.[a-z-]+>/g, (keyword) => keywords[keyword] ?? keyword);
}

function notification(id: string, scheduleArn: string, time: string): string {
  return JSON.stringify({
    version: '0',
    id,
    'detail-type': 'Scheduled Event',
    source: 'aws.scheduler',
    account: environmentOf(scheduleArn).account,
    time,
    region: environmentOf(scheduleArn).region,
    resources: [scheduleArn],
    detail: '{}',
  });
}

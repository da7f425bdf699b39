import type { EventEmitter } from 'node:events';
import type { Context } from 'hono';
import type { Child } from 'hono/jsx';
import type { Clock } from '../../aws/clock';
import type { Cognito } from '../../cognito/cognito';
import type { DynamoDb } from '../../dynamodb/dynamodb';
import type { Events } from '../../events/events';
import type { Faults } from '../../gateway/faults';
import type { Iam } from '../../iam/iam';
import type { Lambda } from '../../lambda/lambda';
import type { DueStart, Scheduler } from '../../scheduler/scheduler';
import type { Sqs } from '../../sqs/sqs';
import type { StepFunctions } from '../../step-functions/step-functions';
import type { LayoutProps } from './layout';

/** Answers with a page. */
export type Render = (
  c: Context,
  page: Pick<LayoutProps, 'title' | 'section'> & { content: Child; status?: 200 | 400 | 404 | 500 },
) => Response | Promise<Response>;

/** The services that the pages look into. */
export interface ConsoleServices {
  /** Emits `change` whenever something that people look at may have changed. */
  readonly changes: EventEmitter<{ change: [] }>;
  /** Moves the clock forward by a time in ms, and starts the schedules that become due. */
  readonly advanceClock: (ms: number) => Promise<readonly DueStart[]>;
  readonly clock: Clock;
  readonly cognito: Cognito;
  readonly dynamodb: DynamoDb;
  readonly events: Events;
  readonly faults: Faults;
  readonly iam: Iam;
  readonly lambda: Lambda;
  readonly scheduler: Scheduler;
  readonly sqs: Sqs;
  readonly stepFunctions: StepFunctions;
}

/** What the routes of the console work with. */
export interface ConsoleContext {
  readonly services: ConsoleServices;
  /** The stack's outputs; empty until it is deployed. */
  readonly outputs: () => Record<string, string | undefined>;
  readonly render: Render;
}

/** A page with a single message. */
export function Message({ title, text }: { title: string; text: string }) {
  return (
    <>
      <h1>{title}</h1>
      <p>{text}</p>
    </>
  );
}

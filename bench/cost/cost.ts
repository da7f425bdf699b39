import { type ColdStart, type ColdStarts, medianOf, type Variant } from '../cold-starts/cold-starts';
import type { LoggedBytes } from '../load/end-to-end';
import {
  INVOKE_METADATA_BYTES,
  LOG_EVENT_OVERHEAD,
  PLATFORM_LOG_BYTES,
  PRICES,
  SERVICE_LATENCY,
} from './prices';

const MILLION = 1e6;
const GB = 1e9;

/** How many invocations start cold; with a steady rate there are far fewer. */
const COLD_SHARE = 0.01;

/** By default, X-Ray samples the first trace of each second, and this share of the others. */
const SAMPLED_SHARE = 0.05;

/** Per second. */
const A_MILLION_A_MONTH = MILLION / (30 * 86_400);

/** Dollars for a million onboardings, by component. */
export type Cost = Record<string, number>;

/** The settings that decide the cost of this project's onboarding. */
export interface Choices {
  /** In MB. */
  readonly triggerMemory: number;
  /** In MB. */
  readonly taskMemory: number;
  /** Step Functions' log level. */
  readonly executionLogs: 'ALL' | 'ERROR';
  readonly tracing: boolean;
}

/** The settings of the stack. */
export const DEFAULT_CHOICES: Choices = {
  triggerMemory: 512,
  taskMemory: 512,
  executionLogs: 'ALL',
  tracing: true,
};

/** The cost of a million onboardings, each with a trigger, an Express execution and two tasks. */
export function costOfOurs(
  { starts }: ColdStarts,
  logged: LoggedBytes,
  { triggerMemory, taskMemory, executionLogs, tracing }: Choices,
  perSecond = A_MILLION_A_MONTH,
): Cost {
  const { cognito, dynamodb, stepFunctions, lambdaInvoke } = SERVICE_LATENCY;
  const own = (name: string, memory: number) => ownTime(starts, 'ours', name, memory);
  const addUserToGroup = own('add-user-to-group', taskMemory) + cognito;
  const putUserRecord = own('put-user-record', taskMemory) + dynamodb;
  const execution = addUserToGroup + putUserRecord + 2 * lambdaInvoke + stepFunctions;
  const trigger = own('post-confirmation', triggerMemory) + execution;
  const executionBytes =
    executionLogs === 'ALL'
      ? logged.executions + 2 * INVOKE_METADATA_BYTES + logged.executionEvents * LOG_EVENT_OVERHEAD
      : 0;
  return {
    'Lambda: requests': 3 * MILLION * PRICES.lambdaRequest,
    'Lambda: time':
      MILLION * (lambdaTime(trigger, triggerMemory) + lambdaTime(addUserToGroup + putUserRecord, taskMemory)),
    'Step Functions: requests': MILLION * PRICES.expressRequest,
    'Step Functions: time': MILLION * expressTime(execution),
    'Logs of the executions': MILLION * logs(executionBytes),
    'Logs of the functions':
      MILLION *
      // Only the trigger has Lambda's own two lines; the task functions do not log them.
      logs(logged.functions + PLATFORM_LOG_BYTES + (logged.functionLines + 2) * LOG_EVENT_OVERHEAD),
    'X-Ray': tracing ? MILLION * PRICES.xrayTrace * sampled(perSecond) : 0,
    DynamoDB: MILLION * PRICES.dynamodbWrite,
  };
}

/** The cost of a million with one plain function that makes both calls and logs one line. */
export function costOfSingle({ starts }: ColdStarts, memory = 512): Cost {
  const { cognito, dynamodb } = SERVICE_LATENCY;
  const time = ownTime(starts, 'single', 'single-function', memory) + cognito + dynamodb;
  return {
    'Lambda: requests': MILLION * PRICES.lambdaRequest,
    'Lambda: time': MILLION * lambdaTime(time, memory),
    'Logs of the functions': MILLION * logs(PLATFORM_LOG_BYTES + 2 * LOG_EVENT_OVERHEAD),
    DynamoDB: MILLION * PRICES.dynamodbWrite,
  };
}

export function total(cost: Cost): number {
  return Object.values(cost).reduce((sum, dollars) => sum + dollars, 0);
}

/** How long a function computes in an average invocation, in ms; a few invocations are cold. */
function ownTime(starts: readonly ColdStart[], variant: Variant, name: string, memory: number): number {
  const of = (phase: 'load' | 'first' | 'warm') =>
    medianOf(starts, phase, { variant, name, memory, init: 'full core' });
  return (1 - COLD_SHARE) * of('warm') + COLD_SHARE * (of('load') + of('first'));
}

function lambdaTime(ms: number, memory: number): number {
  return (Math.ceil(ms) / 1000) * (memory / 1024) * PRICES.lambdaGBSecond;
}

function expressTime(ms: number): number {
  return (Math.ceil(ms / 100) / 10) * (64 / 1024) * PRICES.expressGBSecond;
}

/** Logs are received and kept for a month; CloudWatch compresses them to about a seventh. */
function logs(bytes: number): number {
  return (bytes / GB) * (PRICES.logsGB + 0.15 * PRICES.logsStoredGBMonth);
}

function sampled(perSecond: number): number {
  return Math.min(1, 1 / perSecond + SAMPLED_SHARE);
}

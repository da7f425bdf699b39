import { setTimeout as delay } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import * as v from 'valibot';
import { AwsError } from '../aws/api';
import { parse } from '../aws/parse-body';

/** Events that happen on AWS without an API call. */
const LOCAL_ACTIONS = [
  'local:DeliverTriggerTwice',
  'local:DeliverMessageTwice',
  'local:KillFunction',
] as const;

const FaultSchema = v.strictObject({
  action: v.string(),
  error: v.optional(v.pipe(v.string(), v.regex(/^[A-Za-z][\w.]*$/))),
  delayMs: v.optional(v.pipe(v.number(), v.minValue(0), v.maxValue(600_000))),
  probability: v.optional(v.pipe(v.number(), v.minValue(0), v.maxValue(1))),
  times: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1))),
  perSecond: v.optional(v.pipe(v.number(), v.integer(), v.minValue(0))),
});

/**
 * A fault of an action. The action has IAM's name (`cognito-idp:AdminAddUserToGroup`).
 *
 * With `delayMs`, a call waits. With `error`, it fails under that name. `perSecond` is a quota: calls
 * beyond it are throttled, with the name in `error` or the service's own throttling error. `probability` and
 * `times` limit how many calls are affected.
 */
export type Fault = v.InferOutput<typeof FaultSchema>;

interface ActiveFault {
  readonly fault: Fault;
  left: number;
  /** The times at which calls of the last second were let through, in ms since 1970. */
  readonly passed: number[];
}

const THROTTLES: Record<string, string> = {
  'cognito-identity': 'TooManyRequestsException',
  'cognito-idp': 'TooManyRequestsException',
  lambda: 'TooManyRequestsException',
};

/** Makes actions of the local cloud fail or wait on demand. */
export class Faults {
  private active: ActiveFault[] = [];

  /** @param actions the existing actions, as `<IAM prefix>:<action>`. */
  constructor(
    private readonly actions: readonly string[],
    private readonly now = Date.now,
    private readonly random = Math.random,
  ) {}

  list(): Fault[] {
    return this.active.map(({ fault }) => fault);
  }

  /**
   * Replaces all faults.
   *
   * @throws AwsError ValidationException naming an unknown action or field, or a fault without effect.
   */
  set(value: unknown): void {
    const faults = parse(v.array(FaultSchema), value, 'a list of faults');
    for (const fault of faults) this.assertSensible(fault);
    this.active = faults.map(activate);
  }

  /**
   * Adds a fault and keeps the others as they are. A fault that is already there starts again.
   *
   * @throws AwsError ValidationException as {@link set} does.
   */
  add(value: unknown): void {
    const fault = parse(FaultSchema, value, 'a fault');
    this.assertSensible(fault);
    this.remove(fault);
    this.active.push(activate(fault));
  }

  /** Everything that can have a fault. */
  get possibleActions(): readonly string[] {
    return [...this.actions, ...LOCAL_ACTIONS];
  }

  remove(fault: Fault): void {
    this.active = this.active.filter((active) => !isDeepStrictEqual(active.fault, fault));
  }

  clear(): void {
    this.active = [];
  }

  /** Makes a call wait or fail as its faults say. */
  async apply(action: string): Promise<void> {
    for (const active of this.active.filter(({ fault }) => fault.action === action)) {
      if (!this.strikes(active)) continue;
      const { error, delayMs, perSecond } = active.fault;
      if (delayMs) await delay(delayMs, undefined, { ref: false });
      if (error || perSecond !== undefined) throw failure(action, error);
    }
  }

  /** Whether an event of {@link LOCAL_ACTIONS} happens now. */
  happens(action: (typeof LOCAL_ACTIONS)[number]): boolean {
    return this.active.some((active) => active.fault.action === action && this.strikes(active));
  }

  private strikes(active: ActiveFault): boolean {
    const { probability = 1, perSecond } = active.fault;
    if (active.left <= 0 || this.random() >= probability) return false;
    if (perSecond !== undefined && this.isWithinQuota(active, perSecond)) return false;
    active.left -= 1;
    return true;
  }

  private isWithinQuota({ passed }: ActiveFault, perSecond: number): boolean {
    const now = this.now();
    while ((passed[0] ?? now) <= now - 1000) passed.shift();
    if (passed.length >= perSecond) return false;
    passed.push(now);
    return true;
  }

  private assertSensible({ action, error, delayMs, perSecond }: Fault): void {
    const isLocal = LOCAL_ACTIONS.some((name) => name === action);
    if (!isLocal && !this.actions.includes(action)) {
      throw new AwsError('ValidationException', `there is no action ${action} in the local cloud`);
    }
    const hasEffect = error !== undefined || delayMs !== undefined || perSecond !== undefined;
    if (isLocal === hasEffect) {
      const advice = isLocal ? 'takes only probability and times' : 'needs error, delayMs or perSecond';
      throw new AwsError('ValidationException', `a fault of ${action} ${advice}`);
    }
  }
}

function activate(fault: Fault): ActiveFault {
  return { fault, left: fault.times ?? Number.POSITIVE_INFINITY, passed: [] };
}

function failure(action: string, error?: string): AwsError {
  const [service = ''] = action.split(':');
  const code = error ?? THROTTLES[service] ?? 'ThrottlingException';
  return new AwsError(code, error ? `${code} (an injected fault)` : 'Rate exceeded', statusOf(service, code));
}

/** The service's own failures are 5xx. Only Lambda answers throttled calls with 429. */
function statusOf(service: string, code: string): number {
  if (service === 'lambda' && code === 'TooManyRequestsException') return 429;
  if (code.startsWith('ServiceUnavailable')) return 503;
  return /^(Internal|Service)/.test(code) ? 500 : 400;
}

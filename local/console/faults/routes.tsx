import type { Context, Hono } from 'hono';
import * as v from 'valibot';
import { AwsError } from '../../aws/api';
import { parse } from '../../aws/parse-body';
import type { Fault } from '../../gateway/faults';
import type { ConsoleContext } from '../shared/context';
import { reasonOf } from '../shared/reason';
import { commonFaultsOf } from './common-faults';
import { faultIn } from './fault-form';
import { FaultsPage } from './faults-page';
import { OwnFaults } from './own-faults';

const FIELDS = ['action', 'error', 'delayMs', 'probability', 'times', 'perSecond'];

/** An hour in ms. */
const HOUR = 3_600_000;

const ClockSchema = v.object({
  hours: v.pipe(
    v.string(),
    v.transform(Number),
    v.check((hours) => hours > 0 && hours <= 10_000, 'give hours above 0, and at most 10,000'),
  ),
});

/**
 * - `GET /faults`: the active faults and the clock.
 * - `POST /faults` adds a fault; `/faults/on`, `/faults/off` (`fault` as JSON) and `/faults/clear` switch them.
 * - `POST /faults/clock` (`hours`) moves the clock forward.
 */
export function addFaultRoutes(app: Hono, { services, render }: ConsoleContext): void {
  const { faults, clock, advanceClock, stepFunctions } = services;
  const ownFaults = new OwnFaults();
  const show = (c: Context, refused?: { reason: string; form: Record<string, string> }) => {
    const active = faults.list();
    const common = commonFaultsOf(stepFunctions);
    const own = ownFaults.list(active, common);
    const actions = faults.possibleActions;
    const props = { faults: active, common, own, actions, time: clock.now(), refused };
    const content = <FaultsPage {...props} />;
    return render(c, { title: 'Faults', section: 'Faults', content, status: refused ? 400 : 200 });
  };
  const change = (act: (form: Record<string, string>) => unknown) => async (c: Context) => {
    const form = textsIn(await c.req.parseBody());
    try {
      await act(form);
      ownFaults.list(faults.list(), commonFaultsOf(stepFunctions));
      return c.redirect('/console/faults', 303);
    } catch (error) {
      return show(c, { reason: reasonOf(error), form });
    }
  };
  app.get('/faults', (c) => show(c));
  app.post(
    '/faults',
    change((form) => faults.add(faultIn(only(form, FIELDS)))),
  );
  app.post(
    '/faults/on',
    change(({ fault }) => faults.add(jsonIn(fault))),
  );
  app.post(
    '/faults/off',
    change(({ fault }) => faults.remove(jsonIn(fault) as Fault)),
  );
  app.post(
    '/faults/clear',
    change(() => faults.clear()),
  );
  app.post(
    '/faults/clock',
    change((form) => advanceClock(parse(ClockSchema, form, 'a time to move the clock by').hours * HOUR)),
  );
}

function textsIn(form: Record<string, unknown>): Record<string, string> {
  return Object.fromEntries(Object.entries(form).map(([name, value]) => [name, String(value).trim()]));
}

function only(form: Record<string, string>, names: readonly string[]): Record<string, string> {
  return Object.fromEntries(names.map((name) => [name, form[name] ?? '']));
}

/** @throws AwsError ValidationException for anything but JSON. */
function jsonIn(text = ''): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new AwsError('ValidationException', `not a fault: ${JSON.stringify(text)} is not JSON`);
  }
}

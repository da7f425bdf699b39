import { Clock } from '../../../simulation/clock/clock';
import { Random } from '../../../simulation/clock/random';
import { compile } from '../../../simulation/code/program';
import { ExecutionEnvironment } from '../../../simulation/models/execution-environment';
import { Faults } from '../../../simulation/models/faults';
import type { Network } from '../../../simulation/models/network';

const SECOND = 1_000;

/** An environment whose process crashes after its first request, in a network that answers after a second. */
function environmentOf(clock: Clock, code: string): ExecutionEnvironment {
  const faults = new Faults([{ kind: 'crash', from: 0, until: 1, probability: 1 }], clock, new Random(1));
  const network = {
    send: async () => {
      await clock.sleep(SECOND);
      return { status: 200, headers: {}, body: '{}' };
    },
  } as unknown as Network;
  return new ExecutionEnvironment({
    functionName: 'Function',
    folder: 'folder',
    program: compile({ 'folder.js': `exports.handler = async (event) => { ${code} };` }),
    variables: {},
    timeout: 10 * SECOND,
    clock,
    // It crashes after the answer, not before the request.
    random: Object.assign(new Random(1), { chance: () => false }),
    network,
    faults,
    log: () => {},
  });
}

test('a process that crashes after an answer ends its invocation', async () => {
  const clock = new Clock(0);
  const environment = environmentOf(clock, 'await simulatedNetwork({}); return "done";');

  const outcome = environment.invoke('{}');
  await clock.runUntil(2 * SECOND);

  expect((await outcome).payload).toContain('Runtime.ExitError');
  expect(environment.isUsable).toBe(false);
});

test('an answer that comes after the invocation crashes neither the idle process nor the next invocation', async () => {
  const clock = new Clock(0);
  const environment = environmentOf(clock, 'if (event.isFirst) void simulatedNetwork({}); return "done";');

  const first = environment.invoke('{"isFirst":true}');
  await clock.runUntil(SECOND / 2);
  expect((await first).payload).toBe('"done"');
  await clock.runUntil(2 * SECOND);
  const second = environment.invoke('{}');
  await clock.runUntil(3 * SECOND);

  expect(environment.isUsable).toBe(true);
  expect((await second).payload).toBe('"done"');
});

import { Newest } from '../../../../local/aws/newest';
import { createConsole } from '../../../../local/console/console';
import type { ConsoleServices } from '../../../../local/console/shared/context';
import { type Invocation, Invocations } from '../../../../local/lambda/invocations';
import type { LogLine } from '../../../../local/lambda/lambda-options';
import { textOf } from '../../../support/console-pages';

const ID = 'b2d7c9a0-0000-4000-8000-000000000001';

const line = (at: number, text: string): LogLine => ({ functionName: 'fn', at, line: `${ID} ${text}` });

/** The text of a page of an invocation, and its status. */
async function read(
  invocations: Pick<Invocations, 'withRequestId'>,
  { lines = [], kept = 10, query = '' }: { lines?: readonly LogLine[]; kept?: number; query?: string } = {},
) {
  const logs = new Newest<LogLine>(kept);
  for (const one of lines) logs.add(one);
  const services = {
    faults: { list: () => [] },
    lambda: { logs, invocations },
    stepFunctions: { executions: [] },
  };
  const pages = createConsole(services as unknown as ConsoleServices, () => ({}));
  const response = await pages.request(`/invocations/${ID}${query}`);
  return { status: response.status, text: textOf(await response.text()) };
}

/** Invocations of one request. */
function begun(payload: string, times = 1): Invocations {
  const invocations = new Invocations();
  for (let i = 0; i < times; i += 1) invocations.begin('fn', ID, payload);
  return invocations;
}

describe('the attempts of an event', () => {
  const attempts = [1_000, 61_000, 181_000].map((startedAt): Invocation => {
    return { requestId: ID, functionName: 'fn', payload: '{}', payloadLength: 2, startedAt };
  });
  const all = { withRequestId: () => attempts };
  const lines = [line(1_001, 'first'), line(61_000, 'second'), line(181_500, 'third')];

  test('the page shows the last, and leads to the others', async () => {
    const { text } = await read(all, { lines });

    expect(text).toMatch(/Attempt 3 of 3 · Attempt 1 · Attempt 2 /);
    expect(text).toMatch(/Log \(1\) .* third/);
  });

  test.each([
    [1, 'first'],
    [2, 'second'],
  ])('attempt %i has its own lines', async (number, written) => {
    const { text } = await read(all, { lines, query: `?attempt=${number}` });

    expect(text).toContain(`Attempt ${number} of 3`);
    expect(text).toMatch(new RegExp(`Log \\(1\\) .* ${written} `));
  });

  test.each(['0', '4', '-1', '1.5', 'x', ''])('there is no attempt %j', async (number) => {
    expect((await read(all, { query: `?attempt=${number}` })).status).toBe(404);
  });
});

test('a single attempt is not counted', async () => {
  expect((await read(begun('{}'))).text).not.toContain('Attempt');
  expect((await read(begun('{}', 2))).text).toContain('Attempt 2 of 2');
});

test('says how much of a payload is kept', async () => {
  const whole = await read(begun(JSON.stringify('x'.repeat(9_998))));
  const cut = await read(begun(JSON.stringify('x'.repeat(12_343))));

  expect(whole.text).not.toContain('characters.');
  expect(cut.text).toContain('The first 10,000 of 12,345 characters.');
});

describe('lines that are not kept', () => {
  const later = () => Date.now() + 1_000;
  const others = (number: number) => {
    return Array.from({ length: number }, () => ({ functionName: 'other', at: later(), line: 'other' }));
  };

  test('an invocation that wrote nothing says so', async () => {
    expect((await read(begun('{}'), { lines: others(2), kept: 2 })).text).toContain('It wrote nothing.');
  });

  test('an invocation whose lines were dropped says so', async () => {
    const lines = [line(Date.now(), 'own'), ...others(2)];

    const { text } = await read(begun('{}'), { lines, kept: 2 });

    expect(text).toContain('Its lines are not kept any more.');
    expect(text).not.toContain('It wrote nothing.');
  });

  test('an invocation says that its first lines may be missing', async () => {
    const lines = [...others(2), line(later(), 'own')];

    expect((await read(begun('{}'), { lines, kept: 2 })).text).toContain('Its first lines may be missing');
  });
});

import { cpus, totalmem } from 'node:os';
import type { ColdStarts, Variant } from '../cold-starts/cold-starts';
import { type Cost, costOfOurs, costOfSingle, DEFAULT_CHOICES, total } from '../cost/cost';
import type { Growth } from '../growth/growth';
import type { CpuTimes, EndToEnd } from '../load/end-to-end';
import { percentile } from '../statistics/percentile';
import { bytes, chain, coldTable, first as firstRequests, memoryTable, sizeTable } from './cold-start-tables';
import { dollars, kilobytes, ms, ratio, table } from './markdown';
import { earlierText, processStartTable } from './process-start-table';

/** All measurements; times are in ms. */
export interface Results {
  readonly coldStarts: ColdStarts;
  readonly endToEnd: EndToEnd;
  readonly growth: Growth;
  /** Synthesis without CloudFormation's validator. */
  readonly synthesis: number;
  /** From `npm start` until the local cloud is up. */
  readonly start: number;
}

/** The tables of `bench/results.md`. */
export function report(results: Results): string {
  const { coldStarts, endToEnd, growth } = results;
  return [
    '# Measured',
    `${new Date().toISOString().slice(0, 10)}, Node ${process.versions.node}, ${cpus().length} × ${cpus()[0]?.model.trim()}, ${Math.round(totalmem() / 2 ** 30)} GB. The values are medians; eight of ten values lie in the range in brackets. The variants were measured in turns: trust the ratios more than the times. \`npm run bench\` writes this file anew.`,
    '## Targets',
    targets(results),
    '## Cold starts',
    coldTable(coldStarts),
    `The times, in ms, begin when the bundle is loaded; Node's own start comes before that (below). The functions run on Node ${coldStarts.nodes.deployed}, as on Lambda. The endpoint is a TLS server on this machine. The functions have 512 MB, and Lambda's init has a full core. ${coldStarts.python ? `The Python functions use ${coldStarts.python}.` : 'Python functions were not measured: that needs a python3 with boto3.'}`,
    '### With the start of the process',
    processStartTable(coldStarts),
    ...earlierText(coldStarts),
    '### By memory',
    memoryTable(coldStarts),
    `The times are those of the cold chain, in ms. The share of a core that belongs to the memory size was ${coldStarts.shares}. "All throttled" is the worst case: Lambda's init gets only that share, too.`,
    '### Bundles',
    sizeTable(coldStarts),
    '## ConfirmSignUp on the local cloud',
    latencyTable(endToEnd),
    cpuTable(endToEnd),
    "Most of the local cloud's time is spent in Node's HTTP server, on ten requests. The functions' code gets faster for thousands of invocations, so the share of the local cloud grows.",
    '## Growth',
    growthTable(growth),
    growthText(growth),
    '## Cost of a million onboardings',
    costTable(coldStarts, endToEnd),
    costText(coldStarts, endToEnd),
    '',
  ].join('\n\n');
}

function localShare({ localCloud, emulators, functions = 0 }: CpuTimes): number {
  return localCloud / (localCloud + emulators + functions);
}

function targets({ coldStarts, endToEnd, growth, synthesis, start }: Results): string {
  const { first, many, last } = growth;
  const { early } = endToEnd.cpu;
  const row = (what: string, value: number, limit: number, format: (value: number) => string) => [
    what,
    format(value),
    `≤ ${format(limit)}`,
    value <= limit ? 'met' : 'missed',
  ];
  const median = (variant: Variant) => percentile(firstRequests(coldStarts, variant), 0.5);
  return table(
    ['', 'measured', 'target', ''],
    [
      row(
        'cold chain of three, relative to default bundles',
        chain(coldStarts, 'ours') / chain(coldStarts, 'default'),
        0.55,
        ratio,
      ),
      ...(coldStarts.python
        ? [
            row(
              'cold chain of three, relative to the Python function with clients in its handler',
              chain(coldStarts, 'ours') / chain(coldStarts, 'python'),
              0.5,
              ratio,
            ),
          ]
        : []),
      row(
        'bytes loaded, relative to default bundles',
        bytes(coldStarts, 'ours') / bytes(coldStarts, 'default'),
        0.15,
        ratio,
      ),
      row(
        'first requests in the handlers, relative to the default',
        median('ours') / median('default'),
        0.25,
        ratio,
      ),
      row(
        `share of the local cloud in the CPU time of a confirmation, after ${early.after}`,
        localShare(early),
        0.3,
        ratio,
      ),
      row(
        `a confirmation among ${many.users} users, relative to one among ${first.users}`,
        many.p50 / first.p50,
        1.1,
        ratio,
      ),
      row(
        `a confirmation after ${last.onboarded - many.onboarded} more, while as many leave`,
        last.p50 / many.p50,
        1.1,
        ratio,
      ),
      row('memory in use after that, relative to before', last.memory / many.memory, 1.1, ratio),
      row('requests of one onboarding, last relative to first', last.requests / first.requests, 1, ratio),
      row('synthesis without validation', synthesis, 2_000, ms),
      row('`npm start`, until the local cloud is up', start, 5_000, ms),
    ],
  );
}

function latencyTable({ latencies }: EndToEnd): string {
  return table(
    ['at once', 'p50', 'p90', 'p99', 'a second'],
    latencies.map(({ concurrency, p50, p90, p99, rate }) => [
      String(concurrency),
      ms(p50),
      ms(p90),
      ms(p99),
      rate.toFixed(0),
    ]),
  );
}

function cpuTable({ cpu }: EndToEnd): string {
  return table(
    ['CPU time of one confirmation', 'functions', 'emulators', 'local cloud', 'its share'],
    [cpu.early, cpu.late].map((times) => [
      `after ${times.after} of them`,
      times.functions === undefined ? '–' : ms(times.functions),
      ms(times.emulators),
      ms(times.localCloud),
      ratio(localShare(times)),
    ]),
  );
}

function growthTable({ first, many, last }: Growth): string {
  return table(
    ['onboarded so far', 'users', 'confirmation, p50', 'memory in use', 'requests each'],
    [first, many, last].map(({ onboarded, users, p50, memory, requests }) => [
      String(onboarded),
      String(users),
      ms(p50),
      `${Math.round(memory)} MB`,
      String(requests),
    ]),
  );
}

function growthText({ first, many }: Growth): string {
  const each = (2 ** 20 * (many.memory - first.memory)) / (many.users - first.users);
  return `Between the second row and the third, the oldest user is removed for each new one: any growth there belongs to no user. Before that, each user adds ${(each / 1000).toFixed(1)} kB: their record, their message and, for the newest 5,000, their execution with its history.`;
}

function costTable(coldStarts: ColdStarts, { logged }: EndToEnd): string {
  const columns: Cost[] = [
    costOfOurs(coldStarts, logged, DEFAULT_CHOICES),
    costOfOurs(coldStarts, logged, { ...DEFAULT_CHOICES, triggerMemory: 256 }),
    costOfOurs(coldStarts, logged, { ...DEFAULT_CHOICES, executionLogs: 'ERROR', tracing: false }),
    costOfSingle(coldStarts),
  ];
  const rows = Object.keys(columns[0] ?? {}).map((name) => [
    name,
    ...columns.map((cost) => dollars(cost[name] ?? 0)),
  ]);
  return table(
    ['', 'ours', 'trigger at 256 MB', 'only errors logged, no tracing', 'one function'],
    [...rows, ['**together**', ...columns.map((cost) => `**${dollars(total(cost))}**`)]],
  );
}

function costText(coldStarts: ColdStarts, { logged }: EndToEnd): string {
  const atRate = total(costOfOurs(coldStarts, logged, DEFAULT_CHOICES, 25));
  return `These are list prices of us-east-1, arm64 (\`bench/cost/prices.ts\`), without the price of Cognito. One invocation in a hundred is cold. The million is spread over a month, so X-Ray samples all of them. The billed times are the times measured above at each memory size, plus an assumed time of the services that is the same for all. One onboarding logs ${logged.executionEvents} events (${kilobytes(logged.executions)}) of the execution and ${logged.functionLines} lines (${kilobytes(logged.functions)}) of the functions. At 25 a second, day and night, a million costs ${dollars(atRate)}, and a day costs ${dollars((atRate * 25 * 86_400) / 1e6)}.`;
}

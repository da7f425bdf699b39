import type { Random } from '../clock/random';
import { errorOn } from './errors';
import type { FaultTemplate } from './fault';
import { OBSTACLES } from './nightly-faults';

/** What somebody starts a reconciliation with, see docs/operations.md. */
const INPUTS = ['{"dryRun":true}', '{}', '{"all":true}', '{"all":true,"dryRun":true}'];

/** The calls that only such a reconciliation makes, or that matter more to it. */
const ACTIONS = ['cognito-idp:AdminListGroupsForUser', 'cognito-idp:ListUsers', 'dynamodb:BatchGetItem'];

/** Long enough for most reconciliations that start at the same time, in ms. */
const MINUTES = 10 * 60_000;

type Maker = (random: Random) => readonly FaultTemplate[];

const start = (input: string): FaultTemplate => ({ kind: 'reconciliation started', input, probability: 1 });

const started = (random: Random): FaultTemplate => start(random.pick(INPUTS));

/** What somebody does by hand: how often each is chosen, and what happens together. */
const BY_HAND: Readonly<Record<string, readonly [weight: number, make: Maker]>> = {
  reconciliation: [3, (random) => [started(random)]],
  detached: [
    2,
    (random) => [
      { kind: 'trigger detached', length: MINUTES, probability: 1 },
      started(random),
      ...random.pick(OBSTACLES)(random),
    ],
  ],
  errors: [1, (random) => [started(random), errorOn(random, random.pick(ACTIONS))]],
  membersRemoved: [3, (random) => [{ kind: 'members removed' }, started(random)]],
  allMembersRemoved: [2, () => [{ kind: 'members removed', probability: 1 }, start('{"all":true}')]],
};

const WEIGHTS = Object.fromEntries(Object.entries(BY_HAND).map(([name, [weight]]) => [name, weight]));

/** What somebody does by hand, and what goes wrong meanwhile. */
export function operatorsFaults(random: Random): readonly FaultTemplate[] {
  const [, make] = BY_HAND[random.weighted(WEIGHTS)] as (typeof BY_HAND)[string];
  return make(random);
}

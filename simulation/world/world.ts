import type { App } from '../app/app';
import { Clock } from '../clock/clock';
import { Random } from '../clock/random';
import type { Program } from '../code/program';
import { Faults } from '../models/faults';
import { featuresOf } from '../promise/features';
import { OnboardingPromise } from '../promise/promise';
import type { Schedule } from '../schedule/schedule';
import { Cloud } from './cloud';
import { Story } from './story';
import { Witness } from './witness';

/** The app and its code, ready to be loaded into processes. */
export interface SimulatedApp {
  readonly app: App;
  readonly program: Program;
}

/** A cloud with an app in it, what it has promised, and a witness of all that happens. */
export class World {
  readonly start: number;
  readonly story: Story;
  readonly witness: Witness;
  readonly cloud: Cloud;
  readonly promise: OnboardingPromise;
  /** What is wrong with a model, if anything is. */
  brokenModel?: Error;

  /** @param user the number of the user whose story is told. */
  constructor({ app, program }: SimulatedApp, schedule: Schedule, seed: number, user?: number) {
    const random = new Random(seed);
    const clock = new Clock(schedule.start);
    const subs = schedule.arrivals.map(({ number }) => [subOf(number, random), number] as const);
    const features = featuresOf(app);
    this.start = schedule.start;
    this.story = new Story(clock, subs.find(([, number]) => number === user)?.[0]);
    this.witness = new Witness(this, app, uniqueSubs(subs), features.recordTable);
    this.cloud = new Cloud({
      app,
      isDeployedLater: schedule.faults.some(({ kind }) => kind === 'deployment'),
      program,
      clock,
      random,
      faults: new Faults(schedule.faults, clock, random.of('faults')),
      observers: this.witness,
    });
    this.promise = new OnboardingPromise(this.cloud, this.witness, features);
  }
}

/** A sub of a user's own: a part of the random numbers has 32 bits, so that two users can have the same ones. */
function subOf(number: number, random: Random): string {
  return `${random.of(`user ${number}`).uuid().slice(0, -12)}${number.toString(16).padStart(12, '0')}`;
}

/** @throws Error for a schedule that has a user twice. */
function uniqueSubs(subs: readonly (readonly [sub: string, number: number])[]): ReadonlyMap<string, number> {
  const numbers = new Map(subs);
  if (numbers.size !== subs.length) throw new Error('the schedule has a user twice');
  return numbers;
}

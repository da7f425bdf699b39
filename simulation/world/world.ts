import { type App, type AppResource, onlyResourceOf, resourcesOf } from '../app/app';
import { Clock } from '../clock/clock';
import { Random } from '../clock/random';
import type { Interpreter } from '../code/interpreter';
import type { Program } from '../code/program';
import { Sandbox } from '../code/sandbox';
import { CloudWatch } from '../models/cloudwatch';
import { Cognito } from '../models/cognito';
import { DynamoDB } from '../models/dynamodb';
import { eventBusActions } from '../models/event-bus';
import { EventSourceMapping, type MappingProperties } from '../models/event-source-mapping';
import { Faults } from '../models/faults';
import { Lambda } from '../models/lambda';
import { Network } from '../models/network';
import { Queue, type QueueProperties } from '../models/queue';
import { type ScheduleProperties, Scheduler } from '../models/scheduler';
import { sqsActions } from '../models/sqs';
import { StepFunctions } from '../models/step-functions';
import { UserPool } from '../models/user-pool';
import { featuresOf } from '../promise/features';
import { OnboardingPromise } from '../promise/promise';
import type { Schedule } from '../schedule/schedule';
import { Reconciliations } from './reconciliations';
import { Story } from './story';
import { Witness } from './witness';

/** The app and its code, ready to be loaded into processes. */
export interface SimulatedApp {
  readonly app: App;
  readonly program: Program;
}

/** The AWS cloud of one schedule: the models, wired as the template says. */
export class World {
  readonly start: number;
  readonly clock: Clock;
  readonly story: Story;
  readonly promise: OnboardingPromise;
  readonly witness: Witness;
  readonly cognito: Cognito;
  readonly pool: UserPool;
  readonly lambda: Lambda;
  readonly stepFunctions: StepFunctions;
  readonly retryQueue: Queue;
  readonly deadLetterQueue: Queue;
  readonly cloudWatch: CloudWatch;
  readonly reconciliationSchedule: AppResource<ScheduleProperties>;
  /** What is wrong with a model, if anything is. */
  brokenModel?: Error;

  /** @param user the number of the user whose story is told. */
  constructor({ app, program }: SimulatedApp, schedule: Schedule, seed: number, user?: number) {
    const random = new Random(seed);
    const subs = schedule.arrivals.map(({ number }) => [random.of(`user ${number}`).uuid(), number] as const);
    this.start = schedule.start;
    const clock = new Clock(schedule.start);
    const isDeployed = schedule.faults.some(({ kind }) => kind === 'deployment');
    const faults = new Faults(schedule.faults, clock, random.of('faults'));
    this.clock = clock;
    this.story = new Story(clock, subs.find(([, number]) => number === user)?.[0]);
    this.reconciliationSchedule = onlyResourceOf(app, 'AWS::Scheduler::Schedule');
    const reconciliations = new Reconciliations(this.reconciliationSchedule.properties.Target.Arn);
    const features = featuresOf(app);
    this.witness = new Witness(this, app, new Map(subs), reconciliations, features.recordTable);
    const network = new Network(clock, random.of('network'), faults, this.witness.network);

    const queues: Queue[] = resourcesOf<QueueProperties>(app, 'AWS::SQS::Queue').map(
      (resource) =>
        new Queue(resource, clock, random.of(resource.logicalId), faults, this.witness.queues, (arn) =>
          queueBy(queues, arn),
        ),
    );
    const mapping = onlyResourceOf<MappingProperties>(app, 'AWS::Lambda::EventSourceMapping').properties;
    this.retryQueue = queueBy(queues, mapping.EventSourceArn);
    this.deadLetterQueue = queues.find((queue) => queue !== this.retryQueue) as Queue;
    this.cloudWatch = new CloudWatch(app, clock, queues);
    this.lambda = new Lambda({
      functions: resourcesOf(app, 'AWS::Lambda::Function'),
      ...(isDeployed &&
        app.before && { functionsBefore: resourcesOf({ resources: app.before }, 'AWS::Lambda::Function') }),
      program,
      clock,
      random: random.of('lambda'),
      network,
      faults,
      metrics: this.cloudWatch,
      log: this.witness.log,
    });
    const invokeFunction = this.lambda.invokeFunction.bind(this.lambda);
    new EventSourceMapping(mapping, { queue: this.retryQueue, clock, network, faults, invokeFunction });
    const groups = resourcesOf<{ GroupName: string }>(app, 'AWS::Cognito::UserPoolGroup');
    this.pool = new UserPool(app, clock.now, this.witness.poolUpdated);
    this.cognito = new Cognito({
      pool: this.pool,
      groups: groups.map(({ properties }) => properties.GroupName),
      clock,
      random: random.of('cognito'),
      faults,
      invokeFunction,
      observer: this.witness.users,
    });
    const tables = ['AWS::DynamoDB::Table', 'AWS::DynamoDB::GlobalTable'];
    const dynamodb = new DynamoDB(
      tables.flatMap((type) => resourcesOf(app, type)),
      clock,
      random.of('dynamodb'),
      faults,
      this.witness.itemPut,
    );
    const service = new Sandbox(program, {
      clock,
      random: random.of('step functions'),
      environment: {},
      log: () => {},
      send: network.send,
    });
    this.stepFunctions = new StepFunctions({
      machines: resourcesOf(app, 'AWS::StepFunctions::StateMachine'),
      interpreter: service.load<Interpreter>('interpreter.js'),
      clock,
      random: random.of('executions'),
      network,
      faults,
      lambda: this.lambda,
      metrics: this.cloudWatch,
      observer: this.witness.executions,
    });
    network.connect({
      'cognito-idp': { ...this.cognito.actions, ...this.pool.actions },
      dynamodb: dynamodb.actions,
      events: eventBusActions(faults, this.witness.eventPublished),
      lambda: this.lambda.actions,
      sqs: sqsActions(queues, faults),
      states: this.stepFunctions.actions,
    });
    new Scheduler(this.reconciliationSchedule, clock, network, this.cloudWatch);
    this.promise = new OnboardingPromise(this, features);
  }
}

function queueBy(queues: readonly Queue[], arn: string): Queue {
  const queue = queues.find((candidate) => candidate.arn === arn);
  if (!queue) throw new Error(`the template has no queue ${arn}`);
  return queue;
}

import { type App, type AppResource, onlyResourceOf, resourcesOf } from '../app/app';
import type { Clock } from '../clock/clock';
import type { Random } from '../clock/random';
import type { Interpreter } from '../code/interpreter';
import type { Program } from '../code/program';
import { Sandbox } from '../code/sandbox';
import { CloudWatch } from '../models/cloudwatch';
import { Cognito } from '../models/cognito';
import { DynamoDB, type Item } from '../models/dynamodb';
import { eventBusActions } from '../models/event-bus';
import { EventSourceMapping, type MappingProperties } from '../models/event-source-mapping';
import type { Faults } from '../models/faults';
import { Lambda } from '../models/lambda';
import { Network, type NetworkObserver } from '../models/network';
import { Queue, type QueueObserver, type QueueProperties } from '../models/queue';
import { type ScheduleProperties, Scheduler } from '../models/scheduler';
import { sqsActions } from '../models/sqs';
import { type ExecutionObserver, StepFunctions } from '../models/step-functions';
import type { UserObserver } from '../models/user';
import { UserPool } from '../models/user-pool';

/** Who is told of what happens in the models. */
export interface Observers {
  readonly network: NetworkObserver;
  readonly queues: QueueObserver;
  readonly users: UserObserver;
  readonly executions: ExecutionObserver;
  readonly itemPut: (table: string, item: Item, previous: Item | undefined) => void;
  readonly itemUpdated: (item: Item) => void;
  readonly eventPublished: (detail: string) => void;
  readonly poolUpdated: (isUnchanged: boolean) => void;
  readonly log: (logGroup: string, folder: string, line: unknown) => void;
}

/** What a cloud is made from. */
export interface CloudOptions {
  readonly app: App;
  /** Whether the version of the app before the deployment is there at first. */
  readonly isDeployedLater: boolean;
  readonly program: Program;
  readonly clock: Clock;
  readonly random: Random;
  readonly faults: Faults;
  readonly observers: Observers;
}

/** The models of the services, wired as the template says. */
export class Cloud {
  readonly clock: Clock;
  readonly faults: Faults;
  readonly cognito: Cognito;
  readonly pool: UserPool;
  readonly lambda: Lambda;
  readonly stepFunctions: StepFunctions;
  readonly retryQueue: Queue;
  readonly deadLetterQueue: Queue;
  readonly cloudWatch: CloudWatch;
  readonly reconciliationSchedule: AppResource<ScheduleProperties>;
  private readonly network: Network;
  private readonly queues: readonly Queue[];

  constructor(private readonly options: CloudOptions) {
    const { app, clock, random, faults, observers } = options;
    this.clock = clock;
    this.faults = faults;
    this.network = new Network(clock, random.of('network'), faults, observers.network);
    this.queues = this.makeQueues();
    const mapping = onlyResourceOf<MappingProperties>(app, 'AWS::Lambda::EventSourceMapping').properties;
    this.retryQueue = queueBy(this.queues, mapping.EventSourceArn);
    this.deadLetterQueue = this.queues.find((queue) => queue !== this.retryQueue) as Queue;
    this.cloudWatch = new CloudWatch(app, clock, this.queues);
    this.lambda = this.makeLambda();
    this.pool = new UserPool(app, clock.now, observers.poolUpdated);
    this.cognito = this.makeCognito();
    this.stepFunctions = this.makeStepFunctions();
    this.connectServices();
    new EventSourceMapping(mapping, {
      queue: this.retryQueue,
      clock,
      network: this.network,
      faults,
      invokeFunction: this.invokeFunction,
    });
    this.reconciliationSchedule = onlyResourceOf(app, 'AWS::Scheduler::Schedule');
    new Scheduler(this.reconciliationSchedule, clock, this.network, this.cloudWatch);
  }

  /** Somebody starts a reconciliation. */
  startReconciliation(input?: string): Promise<void> {
    const stateMachineArn = this.reconciliationSchedule.properties.Target.Arn;
    return this.network.attempt('states', 'StartExecution', { stateMachineArn, input });
  }

  private readonly invokeFunction = (name: string, payload: string) =>
    this.lambda.invokeFunction(name, payload);

  private makeQueues(): Queue[] {
    const { app, clock, random, faults, observers } = this.options;
    const queues: Queue[] = resourcesOf<QueueProperties>(app, 'AWS::SQS::Queue').map(
      (resource) =>
        new Queue(resource, clock, random.of(resource.logicalId), faults, observers.queues, (arn) =>
          queueBy(queues, arn),
        ),
    );
    return queues;
  }

  private makeLambda(): Lambda {
    const { app, isDeployedLater, program, clock, random, faults, observers } = this.options;
    const before = isDeployedLater ? app.before : undefined;
    return new Lambda({
      functions: resourcesOf(app, 'AWS::Lambda::Function'),
      ...(before && { functionsBefore: resourcesOf({ resources: before }, 'AWS::Lambda::Function') }),
      program,
      clock,
      random: random.of('lambda'),
      network: this.network,
      faults,
      metrics: this.cloudWatch,
      log: observers.log,
    });
  }

  private makeCognito(): Cognito {
    const { app, clock, random, faults, observers } = this.options;
    const groups = resourcesOf<{ GroupName: string }>(app, 'AWS::Cognito::UserPoolGroup');
    return new Cognito({
      pool: this.pool,
      groups: groups.map(({ properties }) => properties.GroupName),
      clock,
      random: random.of('cognito'),
      faults,
      invokeFunction: this.invokeFunction,
      observer: observers.users,
    });
  }

  private makeStepFunctions(): StepFunctions {
    const { app, program, clock, random, faults, observers } = this.options;
    const process = new Sandbox(program, {
      clock,
      random: random.of('step functions'),
      environment: {},
      log: () => {},
      send: this.network.send,
    });
    return new StepFunctions({
      machines: resourcesOf(app, 'AWS::StepFunctions::StateMachine'),
      interpreter: process.load<Interpreter>('interpreter.js'),
      clock,
      random: random.of('executions'),
      network: this.network,
      faults,
      lambda: this.lambda,
      metrics: this.cloudWatch,
      observer: observers.executions,
    });
  }

  private connectServices(): void {
    const { app, clock, random, faults, observers } = this.options;
    const tables = resourcesOf<never>(app, 'AWS::DynamoDB::Table');
    const { itemPut, itemUpdated } = observers;
    const dynamodb = new DynamoDB(tables, clock, random.of('dynamodb'), faults, itemPut, itemUpdated);
    this.network.connect({
      'cognito-idp': { ...this.cognito.actions, ...this.pool.actions },
      dynamodb: dynamodb.actions,
      events: eventBusActions(faults, observers.eventPublished),
      lambda: this.lambda.actions,
      sqs: sqsActions(this.queues, faults),
      states: this.stepFunctions.actions,
    });
  }
}

function queueBy(queues: readonly Queue[], arn: string): Queue {
  const queue = queues.find((candidate) => candidate.arn === arn);
  if (!queue) throw new Error(`the template has no queue ${arn}`);
  return queue;
}

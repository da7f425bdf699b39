import { EventEmitter } from 'node:events';
import { AwsError, perform } from './aws/api';
import { Clock } from './aws/clock';
import { environmentOf } from './aws/environment';
import type { InvokeFunction } from './aws/invocation';
import { advanceClock } from './clock-api';
import { CustomResources } from './cloudformation/custom-resources';
import { CloudWatch } from './cloudwatch/cloudwatch';
import { Cognito } from './cognito/cognito';
import { CognitoIdentity } from './cognito-identity/cognito-identity';
import type { ConsoleServices } from './console/shared/context';
import { DynamoDb } from './dynamodb/dynamodb';
import { Events } from './events/events';
import { Faults } from './gateway/faults';
import type { Gateway } from './gateway/gateway';
import { Iam } from './iam/iam';
import { LambdaApi } from './lambda/api/lambda-api';
import { AsynchronousInvocations } from './lambda/asynchronous/asynchronous-invocations';
import type { EventSourceMapping } from './lambda/event-sources/event-source-mapping';
import { InvokeApi } from './lambda/invoke-api';
import { Lambda } from './lambda/lambda';
import type { LambdaOptions } from './lambda/lambda-options';
import { executionLogs } from './logs/execution-log';
import { functionLogs } from './logs/function-log';
import { Logs } from './logs/logs';
import { type ScheduleCalls, Scheduler } from './scheduler/scheduler';
import { Sqs } from './sqs/sqs';
import { StepFunctions } from './step-functions/step-functions';
import { type TaskCalls, taskResources } from './step-functions/tasks/task-resources';

/** The services of a local cloud. */
export interface Services extends ConsoleServices {
  readonly asynchronous: AsynchronousInvocations;
  readonly cloudWatch: CloudWatch;
  readonly cognitoIdentity: CognitoIdentity;
  readonly customResources: CustomResources;
  /** By their ids. */
  readonly eventSourceMappings: Map<string, EventSourceMapping>;
  readonly invokeApi: InvokeApi;
  readonly invokeFunction: InvokeFunction;
  readonly lambdaApi: LambdaApi;
  readonly logs: Logs;
}

/** In ms: after this time, a function has begun but not ended. */
const KILL_DELAY = 5;

/** Settings of single services. */
export interface ServiceOptions {
  /**
   * How many seconds one second of a queue's visibility time-out lasts: less than 1 makes retries sooner.
   *
   * @default - 1
   */
  readonly queueTimeScale?: number;
  /**
   * How long Cognito waits for a trigger, in ms.
   *
   * @default - 5 s, as on AWS
   */
  readonly triggerTimeLimit?: number;
  /** @default - no function is inspected, and the logs are only kept */
  readonly lambda?: LambdaOptions;
}

export async function startServices(gateway: Gateway, options: ServiceOptions): Promise<Services> {
  // There is one listener for each open page of the console.
  const changes = new EventEmitter<{ change: [] }>().setMaxListeners(0);
  const onChange = () => changes.emit('change');
  const clock = new Clock();
  const lambda = new Lambda(gateway.port, onChange, options.lambda);
  const sqs = await Sqs.start({ port: gateway.port, timeScale: options.queueTimeScale, onChange });
  const dynamodb = new DynamoDb();
  const events = new Events(onChange);
  const iam = new Iam((tableName) => dynamodb.partitionKeyOf(tableName), clock.now);
  const invokeFunction: InvokeFunction = async (functionName, payload) => {
    await faults.apply('lambda:InvokeFunction');
    const invocation = lambda.invoke(functionName, payload);
    if (faults.happens('local:KillFunction')) setTimeout(() => lambda.kill(functionName), KILL_DELAY);
    return invocation;
  };
  const cognito = await Cognito.start({
    invokeFunction: async (functionArn, payload, sourceArn) => {
      const principal = 'cognito-idp.amazonaws.com';
      if (
        !iam.mayInvoke({ principal, functionArn, sourceArn, sourceAccount: environmentOf(sourceArn).account })
      )
        throw new AwsError('AccessDeniedException', `${principal} may not invoke ${functionArn}`, 403);
      if (faults.happens('local:DeliverTriggerTwice'))
        void invokeFunction(functionArn, payload).catch(() => {});
      return invokeFunction(functionArn, payload);
    },
    isDeployed: (functionArn) => lambda.has(functionArn),
    issuerDomain: gateway.endpoint,
    now: clock.now,
    triggerTimeLimit: options.triggerTimeLimit,
  });
  const calls: TaskCalls = {
    invokeFunction: async (role, functionName, payload) => {
      iam.assertAllowed(role, 'lambda:InvokeFunction', lambda.invokedArnOf(functionName));
      return invokeFunction(functionName, payload);
    },
    sendMessage: async (role, parameters) => {
      iam.authorize(role, 'sqs', 'SendMessage', parameters);
      await faults.apply('sqs:SendMessage');
      return sqs.perform('SendMessage', parameters);
    },
    startExecution: async (role, parameters) => {
      iam.authorize(role, 'states', 'StartExecution', parameters);
      await faults.apply('states:StartExecution');
      return stepFunctions.startExecution(parameters);
    },
    putEvents: async (role, parameters) => {
      iam.authorize(role, 'events', 'PutEvents', parameters);
      await faults.apply('events:PutEvents');
      return events.putEvents(parameters);
    },
    updateItem: async (role, parameters) => {
      iam.authorize(role, 'dynamodb', 'UpdateItem', parameters);
      await faults.apply('dynamodb:UpdateItem');
      return perform(dynamodb, 'UpdateItem', parameters);
    },
  };
  const stepFunctions: StepFunctions = new StepFunctions(taskResources(calls), onChange);
  const scheduleCalls: ScheduleCalls = {
    startExecution: calls.startExecution,
    sendMessage: async (role, { QueueArn, ...message }) => {
      const QueueName = QueueArn.split(':')[5];
      const { QueueUrl } = await sqs.perform<{ QueueUrl: string }>('GetQueueUrl', { QueueName });
      return calls.sendMessage(role, { QueueUrl, ...message });
    },
    sendEvent: async (role, functionArn, payload) => {
      iam.assertAllowed(role, 'lambda:InvokeFunction', lambda.invokedArnOf(functionArn));
      await faults.apply('lambda:InvokeFunction');
      asynchronous.accept(functionArn, payload);
      return {};
    },
  };
  const asynchronous = new AsynchronousInvocations({
    calls: { ...scheduleCalls, putEvents: calls.putEvents },
    targetOf: (nameOrArn) => lambda.eventTargetOf(nameOrArn),
    invoke: (nameOrArn, payload, requestId) => lambda.invoke(nameOrArn, payload, requestId),
    log: (nameOrArn, line) => lambda.log(nameOrArn, line),
    now: clock.now,
  });
  const scheduler = new Scheduler(iam, scheduleCalls, clock.now);
  const customResources = new CustomResources(gateway.endpoint, invokeFunction, (functionArn) =>
    lambda.canRun(functionArn),
  );
  const cognitoIdentity = new CognitoIdentity(iam, gateway.endpoint, clock.now);
  const cloudWatch = new CloudWatch();
  const eventSourceMappings = new Map<string, EventSourceMapping>();
  const lambdaApi = new LambdaApi(lambda, iam, eventSourceMappings);
  const logs = new Logs([functionLogs(lambda), executionLogs(stepFunctions)]);
  const played = [cognito, cognitoIdentity, dynamodb, events, sqs, stepFunctions];
  const described = [cloudWatch, lambdaApi, logs, scheduler];
  const actions = [...played, ...described].flatMap(({ prefix, actions: names }) => {
    return names.map((name) => `${prefix}:${name}`);
  });
  const faults = new Faults([...actions, 'lambda:InvokeFunction']);
  return {
    asynchronous,
    changes,
    advanceClock: (ms) => advanceClock({ asynchronous, clock, scheduler, sqs }, ms),
    clock,
    cloudWatch,
    cognito,
    cognitoIdentity,
    customResources,
    dynamodb,
    events,
    eventSourceMappings,
    faults,
    iam,
    invokeApi: new InvokeApi(lambda, asynchronous),
    invokeFunction,
    lambda,
    lambdaApi,
    logs,
    scheduler,
    sqs,
    stepFunctions,
  };
}

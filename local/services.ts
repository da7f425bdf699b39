import { EventEmitter } from 'node:events';
import { Cognito } from './cognito';
import type { InvokeFunction } from './cognito-trigger';
import { DynamoDb } from './dynamodb';
import type { EventSourceMapping } from './event-source-mapping';
import { Faults } from './faults';
import type { Gateway } from './gateway';
import { Lambda } from './lambda';
import { Sqs } from './sqs';
import { StepFunctions } from './step-functions';
import { taskResources } from './task-resources';

/** The services of a local cloud, as they know one another. */
export interface Services {
  /** Emits `change` whenever something that people look at may have changed. */
  readonly changes: EventEmitter<{ change: [] }>;
  readonly cognito: Cognito;
  readonly dynamodb: DynamoDb;
  readonly eventSourceMappings: EventSourceMapping[];
  readonly faults: Faults;
  readonly invokeFunction: InvokeFunction;
  readonly lambda: Lambda;
  readonly sqs: Sqs;
  readonly stepFunctions: StepFunctions;
}

/** In ms: long enough for a function to have begun, too short for it to have ended. */
const KILL_DELAY = 5;

/** @param queueTimeScale how many seconds a second of a visibility time-out lasts. */
export async function startServices(gateway: Gateway, queueTimeScale?: number): Promise<Services> {
  // As many as have the console open.
  const changes = new EventEmitter<{ change: [] }>().setMaxListeners(0);
  const onChange = () => changes.emit('change');
  const lambda = new Lambda(gateway.port);
  const sqs = await Sqs.start({ port: gateway.port, timeScale: queueTimeScale, onChange });
  const dynamodb = new DynamoDb();
  const invokeFunction = async (functionName: string, payload: string) => {
    await faults.apply('lambda:InvokeFunction');
    const invocation = lambda.invoke(functionName, payload);
    if (faults.happens('local:KillFunction')) setTimeout(() => lambda.kill(functionName), KILL_DELAY);
    return invocation;
  };
  const cognito = await Cognito.start({
    invokeFunction: async (functionArn, payload) => {
      if (faults.happens('local:DeliverTriggerTwice'))
        void invokeFunction(functionArn, payload).catch(() => {});
      return invokeFunction(functionArn, payload);
    },
    issuerDomain: gateway.endpoint,
  });
  const stepFunctions: StepFunctions = new StepFunctions(
    taskResources({
      invokeFunction,
      sendMessage: async (parameters) => {
        await faults.apply('sqs:SendMessage');
        return sqs.perform('SendMessage', parameters);
      },
      startExecution: async (parameters) => {
        await faults.apply('states:StartExecution');
        return stepFunctions.startExecution(parameters);
      },
    }),
    onChange,
  );
  const actions = [cognito, dynamodb, sqs, stepFunctions].flatMap(({ prefix, actions: names }) => {
    return names.map((name) => `${prefix}:${name}`);
  });
  const faults = new Faults([...actions, 'lambda:InvokeFunction']);
  const eventSourceMappings: EventSourceMapping[] = [];
  return {
    changes,
    cognito,
    dynamodb,
    eventSourceMappings,
    faults,
    invokeFunction,
    lambda,
    sqs,
    stepFunctions,
  };
}

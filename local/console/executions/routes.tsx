import type { Context, Hono } from 'hono';
import type { StateMachine } from '../../step-functions/state-machine';
import { type ConsoleContext, Message } from '../shared/context';
import { readDirectory } from '../shared/directory';
import { readQueues } from '../shared/queues';
import { executionPage, userOf } from './execution-list';
import { ExecutionPage } from './execution-page';
import { ExecutionsPage } from './executions-page';
import { type Definition, type GraphLayout, layOut } from './graph-layout';
import { executionsByUser } from './history-of-user';
import { stateResults } from './state-results';

interface Graph {
  readonly definition: Definition;
  readonly layout: GraphLayout;
}

/** `GET /`: the list of executions; `GET /executions/<arn>`: one of them. */
export function addExecutionRoutes(app: Hono, context: ConsoleContext): void {
  const graphs = new WeakMap<StateMachine, Graph>();
  const graphOf = (stateMachine: StateMachine): Graph => {
    const known = graphs.get(stateMachine);
    if (known) return known;
    const definition = JSON.parse(stateMachine.definition) as Definition;
    const graph = { definition, layout: layOut(definition) };
    graphs.set(stateMachine, graph);
    return graph;
  };
  app.get('/', (c) => showExecutions(c, context));
  app.get('/executions/:arn', (c) => showExecution(c, context, c.req.param('arn'), graphOf));
}

async function showExecutions(c: Context, { services, outputs, render }: ConsoleContext) {
  const { stateMachines, executions: all } = services.stepFunctions;
  const { status = '', machine = '', search = '', page = '' } = c.req.query();
  const filter = { status, machine, search: search.trim(), page: Number(page) };
  const directory = await readDirectory(services.cognito, outputs().UserPoolId);
  const shown = executionPage(all, filter, directory);
  const props = { stateMachines, all, filter, page: shown, directory, now: Date.now() };
  return render(c, { title: 'Executions', section: 'Executions', content: <ExecutionsPage {...props} /> });
}

async function showExecution(
  c: Context,
  { services, outputs, render }: ConsoleContext,
  arn: string,
  graphOf: (stateMachine: StateMachine) => Graph,
) {
  const { stepFunctions, cognito, sqs } = services;
  const execution = stepFunctions.findExecution(arn);
  const stateMachine = stepFunctions.stateMachines.find(
    (one) => one.stateMachineArn === execution?.stateMachineArn,
  );
  if (!execution || !stateMachine) {
    const content = <Message title="Not found" text={`There is no execution ${arn}.`} />;
    return render(c, { title: 'Not found', section: 'Executions', content, status: 404 });
  }
  const queues = await readQueues(sqs);
  const directory = await readDirectory(cognito, outputs().UserPoolId);
  const history = execution.history();
  const { state = '', events = '' } = c.req.query();
  const props = {
    execution,
    stateMachine,
    ...graphOf(stateMachine),
    history,
    results: stateResults(execution, history),
    selected: state,
    eventPage: Number(events),
    ofUser: executionsByUser(stepFunctions.executions).get(userOf(execution)?.sub ?? '') ?? [],
    queues,
    directory,
    now: Date.now(),
  };
  return render(c, { title: execution.name, section: 'Executions', content: <ExecutionPage {...props} /> });
}

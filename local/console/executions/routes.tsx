import type { Context, Hono } from 'hono';
import type { StateMachine } from '../../step-functions/state-machine';
import { type Definition, type GraphLayout, layOut } from '../graph/graph-layout';
import { type StateResult, stateResults } from '../graph/state-results';
import { type ConsoleContext, Message } from '../shared/context';
import { readDirectory } from '../shared/directory';
import { invocationOfAttempt, startingInvocation } from '../shared/invocations';
import { readQueues } from '../shared/queues';
import { loggedAttempts } from '../states/logged-attempts';
import { addActionRoutes, type ShowExecution } from './action-routes';
import { ComparePage } from './compare-page';
import { executionPage, userOf } from './execution-list';
import { ExecutionPage, type ExecutionPageProps } from './execution-page';
import { ExecutionsPage } from './executions-page';
import { executionsByUser } from './history-of-user';
import type { TimelineAttempt } from './timeline';

interface Graph {
  readonly definition: Definition;
  readonly layout: GraphLayout;
}

/**
 * - `GET /`: the list of executions; `GET /executions/<arn>`: one of them.
 * - `GET /executions/<arn>/compare?with=<arn>`: two of them.
 */
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
  const show: ShowExecution = (c, refused) => showExecution(c, context, graphOf, refused);
  app.get('/executions/:arn', (c) => show(c));
  app.get('/executions/:arn/compare', (c) => showComparison(c, context));
  addActionRoutes(app, context, show);
}

async function showExecutions(c: Context, { services, render }: ConsoleContext) {
  const { stateMachines, executions: all } = services.stepFunctions;
  const { status = '', machine = '', search = '', page = '' } = c.req.query();
  const filter = { status, machine, search: search.trim(), page: Number(page) };
  const directory = await readDirectory(services.cognito);
  const shown = executionPage(all, filter, directory);
  const startedBy = (arn: string) => services.stepFunctions.startedExecutions(arn);
  const props = { stateMachines, all, startedBy, filter, page: shown, directory, now: Date.now() };
  return render(c, { title: 'Executions', section: 'Executions', content: <ExecutionsPage {...props} /> });
}

async function showExecution(
  c: Context,
  { services, render }: ConsoleContext,
  graphOf: (stateMachine: StateMachine) => Graph,
  refused?: ExecutionPageProps['refused'],
) {
  const { stepFunctions, cognito, sqs, lambda } = services;
  const arn = c.req.param('arn') ?? '';
  const execution = stepFunctions.findExecution(arn);
  const stateMachine = stepFunctions.stateMachines.find(
    (one) => one.stateMachineArn === execution?.stateMachineArn,
  );
  if (!execution || !stateMachine) return notFound(c, render, arn);
  const history = execution.history();
  const { tab = '', state = '', events = '' } = c.req.query();
  const { sub } = userOf(execution) ?? {};
  const props = {
    execution,
    stateMachine,
    ...graphOf(stateMachine),
    history,
    results: stateResults(execution, history),
    tab,
    selected: state,
    eventPage: Number(events),
    ofUser: executionsByUser(stepFunctions.executions).get(sub ?? '') ?? [],
    queues: await readQueues(sqs),
    directory: await readDirectory(cognito),
    invocationOf: (attempt: TimelineAttempt) => invocationOfAttempt(lambda, attempt),
    logged: (result?: StateResult) => loggedAttempts(lambda, result),
    startedBy: sub === undefined ? undefined : startingInvocation(lambda, execution, sub),
    refused,
    now: Date.now(),
  };
  const content = <ExecutionPage {...props} />;
  return render(c, { title: execution.name, section: 'Executions', content, status: refused ? 400 : 200 });
}

function showComparison(c: Context, { services: { stepFunctions }, render }: ConsoleContext) {
  const arns = [c.req.param('arn') ?? '', c.req.query('with') ?? ''];
  const pair = arns.flatMap((arn) => stepFunctions.findExecution(arn) ?? []);
  const compared = pair
    .toSorted((a, b) => a.startDate - b.startDate)
    .map((execution) => ({ execution, results: stateResults(execution, execution.history()) }));
  const [first, second] = compared;
  if (!first || !second) return notFound(c, render, arns.join(' or '));
  const content = <ComparePage pair={[first, second]} now={Date.now()} />;
  return render(c, { title: 'Two executions', section: 'Executions', content });
}

function notFound(c: Context, render: ConsoleContext['render'], arn: string) {
  const content = <Message title="Not found" text={`There is no execution ${arn}.`} />;
  return render(c, { title: 'Not found', section: 'Executions', content, status: 404 });
}

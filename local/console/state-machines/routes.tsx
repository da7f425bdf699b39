import type { Context, Hono } from 'hono';
import { type Definition, layOut } from '../graph/graph-layout';
import { type ConsoleContext, Message } from '../shared/context';
import { coverageOf } from './coverage';
import { StateMachinePage } from './state-machine-page';
import { StateMachinesPage } from './state-machines-page';

/** `GET /state-machines`: all of them; `GET /state-machines/<name>`: one of them, with its coverage. */
export function addStateMachineRoutes(app: Hono, context: ConsoleContext): void {
  const { services, render } = context;
  app.get('/state-machines', (c) => {
    const { stateMachines, executions } = services.stepFunctions;
    const content = <StateMachinesPage stateMachines={stateMachines} all={executions} />;
    return render(c, { title: 'State machines', section: 'State machines', content });
  });
  app.get('/state-machines/:name', (c) => showStateMachine(c, context, c.req.param('name')));
}

function showStateMachine(
  c: Context,
  { services: { stepFunctions }, render }: ConsoleContext,
  wanted: string,
) {
  const stateMachine = stepFunctions.stateMachines.find(({ name }) => name === wanted);
  const section = 'State machines';
  if (!stateMachine) {
    const content = <Message title="Not found" text={`There is no state machine named ${wanted}.`} />;
    return render(c, { title: 'Not found', section, content, status: 404 });
  }
  const { stateMachineArn, name } = stateMachine;
  const { executions } = stepFunctions;
  const own = executions.filter((one) => one.stateMachineArn === stateMachineArn);
  const definition = JSON.parse(stateMachine.definition) as Definition;
  const props = {
    stateMachine,
    definition,
    layout: layOut(definition),
    coverage: coverageOf(definition, own),
    executions,
    started: stepFunctions.startedExecutions(stateMachineArn),
    known: own.length,
  };
  return render(c, { title: name, section, content: <StateMachinePage {...props} /> });
}

import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { type AddressInfo, Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Lambda } from '../../../local/lambda/lambda';
import { StateMachine } from '../../../local/step-functions/state-machine';
import { taskResources } from '../../../local/step-functions/tasks/task-resources';
import { ROLE_SESSION } from '../../support/role-session';
import { eventually, TestCloud } from '../../support/test-cloud';

/** What the Runtime API knows, and what it must not guess. */
const PATHS = [
  '/2018-06-01/runtime/invocation/1/response',
  '/2018-06-01/runtime/invocation/1/error',
  '/2018-06-01/runtime/init/error',
  '/x/response',
  '/',
];

const FUNCTION = { Handler: 'index.handler', Role: ROLE_SESSION.roleArn, Timeout: 60 };

const servers: Server[] = [];

/** The ports on which this process listens: the local cloud is in it. */
const ports = () => servers.flatMap((server) => (server.address() as AddressInfo | null)?.port ?? []);

async function forge(port: number, path: string): Promise<number> {
  const headers = { 'content-type': 'text/plain', origin: 'https://page.example' };
  const url = `http://127.0.0.1:${port}${path}`;
  const { status } = await fetch(url, { method: 'POST', headers, body: '"forged"' });
  return status;
}

/** Works until somebody lets it go on. */
const PATIENT = `const { existsSync, writeFileSync } = require('node:fs');
exports.handler = (event) => new Promise((resolve) => {
  writeFileSync(event.begun, '');
  setInterval(() => existsSync(event.goOn) && resolve('by the function'), 5);
});`;

const INVOKE = 'arn:aws:states:::lambda:invoke';

/** A state machine whose one task invokes a function with the input. */
function stateMachineOf(lambda: Lambda): StateMachine {
  const task = { Type: 'Task', Resource: INVOKE, OutputPath: '$.Payload', End: true };
  const Parameters = { FunctionName: 'patient', 'Payload.$': '$' };
  const definition = { StartAt: 'Invoke', States: { Invoke: { ...task, Parameters } } };
  const resources = taskResources({
    invokeFunction: (_, name, payload) => lambda.invoke(name, payload),
    sendMessage: jest.fn(),
    startExecution: jest.fn(),
    putEvents: jest.fn(),
    updateItem: jest.fn(),
  });
  const properties = { DefinitionString: JSON.stringify(definition), RoleArn: 'role' };
  return new StateMachine(
    'arn:aws:states:us-east-1:0:stateMachine:Patient',
    properties,
    resources,
    ROLE_SESSION,
  );
}

test("a page forges answers while a function works: it is refused, and the execution's result is the function's", async () => {
  const { listen } = Server.prototype;
  jest.spyOn(Server.prototype, 'listen').mockImplementation(function (this: Server, ...args: unknown[]) {
    servers.push(this);
    return listen.apply(this, args as never);
  });
  const directory = mkdtempSync(join(tmpdir(), 'patient-'));
  const [begun, goOn] = [join(directory, 'begun'), join(directory, 'go-on')];
  writeFileSync(join(directory, 'index.js'), PATIENT);
  const cloud = await TestCloud.startEmpty();
  const lambda = new Lambda(Number(new URL(cloud.endpoint).port));
  lambda.createFunction('patient', directory, FUNCTION, ROLE_SESSION);
  try {
    const { execution, ended } = stateMachineOf(lambda).start('arn', 'name', { begun, goOn }, () => {});
    await eventually(async () => existsSync(begun));
    const answers = await Promise.all(ports().flatMap((port) => PATHS.map((path) => forge(port, path))));
    writeFileSync(goOn, '');
    await ended;

    // The port of the local cloud itself is one, at least.
    expect(answers.length).toBeGreaterThanOrEqual(PATHS.length);
    expect(answers).toEqual(answers.map(() => 403));
    expect(execution).toMatchObject({ status: 'SUCCEEDED', output: 'by the function' });
  } finally {
    await lambda.close();
    await cloud.close();
    rmSync(directory, { recursive: true });
  }
});

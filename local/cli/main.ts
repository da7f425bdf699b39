import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import pc from 'picocolors';
import { CloudAssembly } from '../cloudformation/cloud-assembly';
import { Gateway } from '../gateway/gateway';
import type { LogLine } from '../lambda/lambda-options';
import { LocalCloud } from '../local-cloud';
import { type DemoResult, signUpDemoUser, whyNoDemo } from './demo';
import { inspectedFunction, parseInspected } from './inspected';
import { readableLine } from './log-lines';
import { assertNotTakenByNpm, helpFor, type Options, parseOptions } from './options';
import { step } from './progress';
import { demoReport, endpointReport } from './report';
import { commandProject, type Project, Watch } from './watch';

/** How a person calls the local cloud. */
export interface Command {
  /** What comes before the options, such as `npm start --`. */
  readonly name: string;
  readonly args: string[];
  readonly env: NodeJS.ProcessEnv;
  /**
   * The app to run if the command line names none.
   *
   * @default - the directory `cdk.out`
   */
  readonly project?: Project;
}

type StoppableProject = Project & { readonly stop?: () => void };

/** Runs the local cloud as a command until it is interrupted; prints errors, and sets the exit code. */
export async function run(command: Command): Promise<void> {
  try {
    await main(command);
  } catch (error) {
    console.error(`${pc.red('error:')} ${(error as Error).message}`);
    process.exitCode = 1;
  }
}

async function main(command: Command): Promise<void> {
  const { name, args, env } = command;
  if (name.startsWith('npm start')) assertNotTakenByNpm(env);
  const options = parseOptions(args, name);
  if (options.help) {
    process.stdout.write(helpFor(name, command.project ? "instead of this project's" : 'default cdk.out'));
    return;
  }
  // Today's SDK runs on Node 20, but warns that it will not in 2027.
  process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = 'true';
  await Gateway.assertFree(options.port);
  const interrupted = onInterrupt();
  const project = projectOf(command, options);
  const directory = await Promise.race([synthesized(project, options), interrupted]);
  if (directory === false) return project?.stop?.();
  const cloud = await start(directory, options);
  const stopWatching = options.watch ? await startWatching(cloud, directory, project, options) : undefined;
  try {
    const onboarded = await Promise.race([use(cloud, options), interrupted]);
    if (options.once) process.exitCode = onboarded ? 0 : 1;
    else await interrupted;
  } finally {
    project?.stop?.();
    await stopWatching?.();
    await cloud.close();
  }
}

/** What makes the app: a command, or the project that is run by default; undefined if it is there already. */
function projectOf({ project }: Command, { app, build }: Options): StoppableProject | undefined {
  if (build !== undefined) return commandProject(build, app ?? resolve('cdk.out'));
  return app === undefined ? project : undefined;
}

function synthesized(project: Project | undefined, { app }: Options): Promise<string> | string {
  return project?.synthesize() ?? app ?? resolve('cdk.out');
}

function start(
  directory: string,
  { stack, strict, port, guests, logs, inspect }: Options,
): Promise<LocalCloud> {
  const assembly = new CloudAssembly(directory, stack);
  const lambda = {
    ...(inspect !== undefined && { inspected: parseInspected(inspect) }),
    ...(logs && { onLog: (line: LogLine) => console.log(readableLine(line)) }),
  };
  return step('start the local cloud', () => LocalCloud.start({ assembly, strict, port, guests, lambda }));
}

/** @returns what ends the watch. */
async function startWatching(
  cloud: LocalCloud,
  directory: string,
  project: Project | undefined,
  { stack }: Options,
): Promise<() => Promise<void> | void> {
  if (project) return Watch.project(cloud, project, directory, stack);
  return Watch.directory(cloud, directory, stack);
}

/** @returns whether the demo user was onboarded; without `--once`, always true. */
async function use(cloud: LocalCloud, options: Options): Promise<boolean> {
  for (const note of cloud.notes) console.error(note);
  if (options.inspect !== undefined) console.error(inspectHint(options.inspect, cloud.functionNames));
  const outputs = { ...cloud.outputs, LocalEndpoint: cloud.endpoint };
  if (options.outputsFile) writeFileSync(options.outputsFile, outputsFileOf(cloud));
  const demo = await demoOf(cloud, options);
  if (demo) console.log(`\n${demoReport(demo, cloud.endpoint)}`);
  if (options.once) return demo?.onboarded === true;
  console.log(`\n${endpointReport(cloud.endpoint, cloud.region, outputs)}\n`);
  console.log(`The local cloud is up: open ${pc.cyan(`${cloud.endpoint}/console`)}. Ctrl-C ends it.`);
  return true;
}

function inspectHint(inspect: string, functionNames: readonly string[]): string {
  return (
    `a debugger can attach to ${inspectedFunction(inspect, functionNames)} at 127.0.0.1:${parseInspected(inspect).port} ` +
    'once the function has been called. Its time-out is suspended, but not the time-outs of its callers'
  );
}

/** @throws Error with `--once`, if the app has not all that the demo needs. */
async function demoOf(cloud: LocalCloud, { signUp, once }: Options): Promise<DemoResult | undefined> {
  if (!signUp) return undefined;
  const reason = whyNoDemo(cloud.outputs, cloud.hasStateMachines);
  if (reason === undefined) return signUpDemoUser(cloud.endpoint, cloud.region, cloud.outputs);
  if (once) throw new Error(`${reason}: add it, or leave out --once`);
  console.error(`no demo user: ${reason}`);
  return undefined;
}

/** As `cdk deploy --outputs-file` writes it: an object for each stack, here with the endpoint in each. */
function outputsFileOf({ stackOutputs, endpoint }: LocalCloud): string {
  const stacks = Object.entries(stackOutputs).map(([name, outputs]) => {
    return [name, { ...outputs, LocalEndpoint: endpoint }];
  });
  return `${JSON.stringify(Object.fromEntries(stacks), null, 2)}\n`;
}

/** An interrupted demo has shown nothing, so it counts as failed. */
function onInterrupt(): Promise<false> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => resolve(false));
  });
}

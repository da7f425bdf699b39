import { writeFileSync } from 'node:fs';
import pc from 'picocolors';
import { CloudAssembly } from '../cloudformation/cloud-assembly';
import { Gateway } from '../gateway/gateway';
import { LocalCloud } from '../local-cloud';
import { signUpDemoUser } from './demo';
import { assertNotTakenByNpm, HELP, type Options, parseOptions } from './options';
import { step } from './progress';
import { demoReport, endpointReport } from './report';

/**
 * Runs the local cloud as a command until it is interrupted; prints errors, and sets the exit code.
 *
 * @param synthesize makes the directory of the app to run if the command line names none.
 */
export async function run(
  args: string[],
  env: NodeJS.ProcessEnv,
  synthesize: () => Promise<string>,
): Promise<void> {
  try {
    await main(args, env, synthesize);
  } catch (error) {
    console.error(`${pc.red('error:')} ${(error as Error).message}`);
    process.exitCode = 1;
  }
}

async function main(
  args: string[],
  env: NodeJS.ProcessEnv,
  synthesize: () => Promise<string>,
): Promise<void> {
  assertNotTakenByNpm(env);
  const options = parseOptions(args);
  if (options.help) {
    process.stdout.write(HELP);
    return;
  }
  // Today's SDK runs on Node 20, but warns that it will not in 2027.
  process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = 'true';
  await Gateway.assertFree(options.port);
  const assembly = new CloudAssembly(options.app ?? (await synthesize()), options.stack);
  const cloud = await step('start the local cloud', () =>
    LocalCloud.start({ assembly, strict: options.strict, port: options.port, guests: options.guests }),
  );
  const interrupted = onInterrupt();
  try {
    const onboarded = await Promise.race([use(cloud, options), interrupted]);
    if (options.once) process.exitCode = onboarded ? 0 : 1;
    else await interrupted;
  } finally {
    await cloud.close();
  }
}

/** @returns whether the demo user was onboarded; without `--once`, always true. */
async function use(cloud: LocalCloud, options: Options): Promise<boolean> {
  for (const note of cloud.notes) console.error(note);
  const outputs = { ...cloud.outputs, LocalEndpoint: cloud.endpoint };
  if (options.outputsFile) writeFileSync(options.outputsFile, outputsFileOf(cloud));
  const demo = options.signUp ? await signUpDemoUser(cloud.endpoint, cloud.outputs) : undefined;
  if (demo) console.log(`\n${demoReport(demo)}`);
  if (options.once) return demo?.onboarded === true;
  console.log(`\n${endpointReport(cloud.endpoint, outputs)}\n`);
  console.log(`The local cloud is up: open ${pc.cyan(`${cloud.endpoint}/console`)}. Ctrl-C ends it.`);
  return true;
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

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import pc from 'picocolors';
import { buildFunctions } from '../../scripts/build';
import { synthesize } from '../../scripts/synth';
import { CloudAssembly } from '../cloudformation/cloud-assembly';
import { LocalCloud } from '../local-cloud';
import { signUpDemoUser } from './demo';
import { assertNotTakenByNpm, HELP, type Options, parseOptions } from './options';
import { step } from './progress';
import { demoReport, endpointReport } from './report';

async function main(args: string[], env: NodeJS.ProcessEnv): Promise<void> {
  assertNotTakenByNpm(env);
  const options = parseOptions(args);
  if (options.help) {
    process.stdout.write(HELP);
    return;
  }
  // Node 20 runs today's SDK, which warns on it of 2027.
  process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = 'true';
  const assembly = new CloudAssembly(options.app ?? (await synthesizeThisProject()));
  const cloud = await step('start the local cloud', () => LocalCloud.start({ assembly, port: options.port }));
  const interrupted = onInterrupt();
  try {
    const onboarded = await Promise.race([use(cloud, assembly.stackName, options), interrupted]);
    if (options.once) process.exitCode = onboarded ? 0 : 1;
    else await interrupted;
  } finally {
    await cloud.close();
  }
}

async function synthesizeThisProject(): Promise<string> {
  const directory = join(__dirname, '..', 'cdk.out');
  await step('bundle the functions', buildFunctions);
  await step('synthesize the stack', () => synthesize(directory));
  return directory;
}

/** @returns whether the demo user, if there is one, was onboarded. */
async function use(cloud: LocalCloud, stackName: string, options: Options): Promise<boolean> {
  const outputs = { ...cloud.outputs, LocalEndpoint: cloud.endpoint };
  if (options.outputsFile)
    writeFileSync(options.outputsFile, `${JSON.stringify({ [stackName]: outputs }, null, 2)}\n`);
  const demo = options.signUp ? await signUpDemoUser(cloud.endpoint, cloud.outputs) : undefined;
  if (demo) console.log(`\n${demoReport(demo)}`);
  if (options.once) return demo?.onboarded === true;
  console.log(`\n${endpointReport(cloud.endpoint, outputs)}\n`);
  console.log(`The local cloud is up: open ${pc.cyan(`${cloud.endpoint}/console`)}. Ctrl-C ends it.`);
  return true;
}

/** An interrupted demo has shown nothing, so that it counts as failed. */
function onInterrupt(): Promise<false> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => resolve(false));
  });
}

main(process.argv.slice(2), process.env).catch((error: Error) => {
  console.error(`${pc.red('error:')} ${error.message}`);
  process.exitCode = 1;
});

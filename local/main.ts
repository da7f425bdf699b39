import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import pc from 'picocolors';
import { buildFunctions } from '../scripts/build';
import { CloudAssembly } from './cloud-assembly';
import { signUpDemoUser } from './demo';
import { LocalCloud } from './local-cloud';
import { HELP, type Options, parseOptions } from './options';
import { step } from './progress';
import { demoReport, endpointReport } from './report';
import { synthesize } from './synth';

async function main(args: string[]): Promise<void> {
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
    await Promise.race([use(cloud, assembly.stackName, options), interrupted]);
    if (!options.once) await interrupted;
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

async function use(cloud: LocalCloud, stackName: string, options: Options): Promise<void> {
  const outputs = { ...cloud.outputs, LocalEndpoint: cloud.endpoint };
  if (options.outputsFile)
    writeFileSync(options.outputsFile, `${JSON.stringify({ [stackName]: outputs }, null, 2)}\n`);
  if (options.signUp) {
    const result = await signUpDemoUser(cloud.endpoint, cloud.outputs);
    console.log(`\n${demoReport(result)}`);
    process.exitCode = result.onboarded ? 0 : 1;
  }
  if (options.once) return;
  console.log(`\n${endpointReport(cloud.endpoint, outputs)}\n`);
  console.log(`The local cloud is up at ${pc.cyan(cloud.endpoint)}; Ctrl-C ends it.`);
}

function onInterrupt(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => resolve());
  });
}

main(process.argv.slice(2)).catch((error: Error) => {
  console.error(`${pc.red('error:')} ${error.message}`);
  process.exitCode = 1;
});

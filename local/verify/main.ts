import pc from 'picocolors';
import { comparison, readRecording, recordingOf, writeRecording } from './fidelity';
import { HELP, parseVerifyOptions, type VerifyOptions } from './options';
import { askAll } from './questions';
import { line, summary } from './report';
import { Cleanup } from './shared/cleanup';
import { type ClientConfig, createClients, destroyClients } from './shared/clients';
import { readOutputs } from './shared/outputs';
import { CheckError, type Verification } from './shared/verification';
import { verify } from './verify';

/** Verifies a deployment as a command; prints what it sees, and sets the exit code. */
export async function run(args: string[], env: NodeJS.ProcessEnv): Promise<void> {
  // Today's SDK runs on Node 20, but warns that it will not in 2027.
  env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = 'true';
  try {
    if (env.npm_config_outputs_file !== undefined)
      throw new Error('npm took --outputs-file as its own option: put -- before it');
    const options = parseVerifyOptions(args);
    if (!options) process.stdout.write(HELP);
    else if (!(await verifyDeployment(options, env, interruption()))) process.exitCode = 1;
  } catch (error) {
    console.error(`${pc.red('error:')} ${(error as Error).message}`);
    process.exitCode = 1;
  }
}

/** @returns whether every check passed. */
async function verifyDeployment(
  options: VerifyOptions,
  env: NodeJS.ProcessEnv,
  signal: AbortSignal,
): Promise<boolean> {
  const outputs = readOutputs(options.outputsFile, options.stack);
  const recorded = options.compare === undefined ? undefined : readRecording(options.compare);
  const clients = createClients(configOf(env));
  const { clientId, attributes, timeLimit } = options;
  const cleanup = new Cleanup();
  const verification = { outputs, clients, cleanup, signal, timeLimit, clientId, attributes };
  try {
    const report = (result: Parameters<typeof line>[0]) => console.log(line(result));
    const results = await verify(verification, { disturb: options.disturb, report });
    const passed = results.every((result) => result.passed);
    console.log(`\n${summary(results)}`);
    if (passed && (options.record || recorded))
      await compareClouds(verification, results, options, recorded, env);
    return passed;
  } finally {
    destroyClients(clients);
  }
}

async function compareClouds(
  verification: Verification,
  results: Awaited<ReturnType<typeof verify>>,
  { record }: VerifyOptions,
  recorded: ReturnType<typeof readRecording> | undefined,
  env: NodeJS.ProcessEnv,
): Promise<void> {
  const cloud = env.AWS_ENDPOINT_URL ? 'local cloud' : 'AWS';
  const recording = recordingOf(cloud, results, await askAll(verification));
  if (record) writeRecording(record, recording);
  if (recorded) console.log(`\n${comparison(recorded, recording)}`);
}

/** The SDK reads AWS_ENDPOINT_URL itself. The local cloud takes any credentials, so that nobody needs to have some. */
function configOf({ AWS_ENDPOINT_URL, AWS_ACCESS_KEY_ID, AWS_PROFILE }: NodeJS.ProcessEnv): ClientConfig {
  const needsCredentials = AWS_ENDPOINT_URL && !AWS_ACCESS_KEY_ID && !AWS_PROFILE;
  return needsCredentials ? { credentials: { accessKeyId: 'local', secretAccessKey: 'local' } } : {};
}

/** A second interruption ends the process at once, and leaves behind what was made. */
function interruption(): AbortSignal {
  const controller = new AbortController();
  const signals = ['SIGINT', 'SIGTERM'] as const;
  const interrupt = () => {
    for (const signal of signals) process.off(signal, interrupt);
    console.error('interrupted: deleting what was made');
    controller.abort(new CheckError('interrupted'));
  };
  for (const signal of signals) process.on(signal, interrupt);
  return controller.signal;
}

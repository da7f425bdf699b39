import { type ChildProcessByStdio, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import { FUNCTION_VARIABLES, type Invocation, type Outcome } from '../../test/support/function-process';

const RUNTIME = join(__dirname, 'references', 'python_runtime.py');

/** A Python with boto3. */
export interface Python {
  readonly executable: string;
  /** The versions of Python and boto3. */
  readonly versions: string;
}

/** @returns undefined if there is no `python3` with boto3. */
export function findPython(): Python | undefined {
  const script =
    'import boto3, platform, sys; print(sys.executable); print(f"Python {platform.python_version()}, boto3 {boto3.__version__}")';
  const { status, stdout } = spawnSync('python3', ['-c', script], { encoding: 'utf8' });
  if (status !== 0) return undefined;
  const [executable = '', versions = ''] = stdout.split('\n');
  return { executable, versions };
}

/** A separate process for one Python function. */
export class PythonFunction {
  private readonly answers: AsyncIterator<string>;

  /** How long the process took until it could load a function, in ms. */
  startTime = 0;

  private constructor(private readonly child: ChildProcessByStdio<Writable, Readable, null>) {
    this.answers = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  }

  /** @param variables its own environment variables. */
  static async start(
    { executable }: Python,
    { TLS_PORT = '', NODE_EXTRA_CA_CERTS = '' }: Record<string, string>,
  ): Promise<PythonFunction> {
    const variables = {
      TLS_PORT,
      AWS_CA_BUNDLE: NODE_EXTRA_CA_CERTS,
      AWS_DEFAULT_REGION: FUNCTION_VARIABLES.AWS_REGION,
      // Only for the measured source: boto3 was compiled when it was installed.
      PYTHONDONTWRITEBYTECODE: '1',
    };
    const begin = performance.now();
    const child = spawn(executable, [RUNTIME], {
      env: { ...FUNCTION_VARIABLES, ...variables },
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    const started = new PythonFunction(child);
    await started.answer();
    started.startTime = performance.now() - begin;
    return started;
  }

  get pid(): number {
    return this.child.pid ?? 0;
  }

  /** @param path the source file. */
  load(path: string): Promise<Outcome> {
    return this.ask({ path });
  }

  invoke({ event }: Invocation): Promise<Outcome> {
    return this.ask({ event });
  }

  async stop(): Promise<void> {
    const exit = once(this.child, 'exit');
    this.child.kill('SIGKILL');
    await exit;
  }

  private async ask(message: object): Promise<Outcome> {
    this.child.stdin.write(`${JSON.stringify(message)}\n`);
    return JSON.parse(await this.answer());
  }

  private async answer(): Promise<string> {
    const { value, done } = await this.answers.next();
    if (done) throw new Error("the Python function's process has ended");
    return value;
  }
}

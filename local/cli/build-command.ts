import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';

/** A command that makes the app's directory, such as `npx cdk synth --quiet`. */
export class BuildCommand {
  private running?: ChildProcess;

  constructor(private readonly command: string) {}

  /** @throws Error if the command fails. Its output goes to standard error. */
  async run(): Promise<void> {
    // A group of its own, so that its end ends all of it.
    const child = spawn(this.command, { shell: true, detached: true, stdio: ['ignore', 2, 2] });
    this.running = child;
    const [code, signal] = await once(child, 'exit');
    this.running = undefined;
    if (code !== 0) throw new Error(`\`${this.command}\` failed (${signal ?? `exit code ${code}`})`);
  }

  /** Ends the command if it runs, with everything that it has started. */
  stop(): void {
    const { pid } = this.running ?? {};
    if (pid === undefined) return;
    if (process.platform === 'win32') this.running?.kill();
    else process.kill(-pid, 'SIGTERM');
  }
}

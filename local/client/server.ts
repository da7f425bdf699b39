import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { ServerAnswer, ServerOptions, StartedServer } from './server-messages';

const SERVER = join(__dirname, '..', 'cli', 'server.js');

/** The process of a local cloud. It ends with this process, however this one ends. */
export class Server {
  private constructor(
    private readonly process: ChildProcess,
    readonly started: StartedServer,
  ) {}

  /** @throws Error with the reason why the local cloud cannot start. */
  static async start(options: ServerOptions): Promise<Server> {
    // The flags of this process, such as those of a debugger, are not for the other one.
    const child = fork(SERVER, { execArgv: [], stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
    child.send(options);
    const answer = await Promise.race([
      once(child, 'message').then(([message]) => message as ServerAnswer),
      once(child, 'exit').then(([code]) => ({ error: `the local cloud ended with exit code ${code}` })),
    ]);
    if ('error' in answer) {
      child.kill('SIGKILL');
      throw new Error(answer.error);
    }
    // A test that forgets to close it must not wait for it.
    child.unref();
    child.channel?.unref();
    return new Server(child, answer.started);
  }

  /** Ends the process and waits for its end. */
  async close(): Promise<void> {
    if (this.process.exitCode !== null || this.process.signalCode !== null) return;
    this.process.ref();
    const ended = once(this.process, 'exit');
    if (this.process.connected) this.process.disconnect();
    await ended;
  }
}

import { once } from 'node:events';
import { Agent } from 'node:https';
import { isIP, Socket } from 'node:net';
import { describeError } from './describe-error';

/** How long opening the connection may take, in ms. */
const CONNECTION_TIMEOUT = 500;

/**
 * How old the opened connection may be at its first use, in ms.
 *
 * Lambda may freeze an environment for minutes between its init and its first invocation. By then, the
 * service has closed the connection, and the first request would be slow to notice it.
 */
const FRESH = 2_000;

/**
 * The length of a text for which V8 compiles a regular expression at once, and does not interpret it first.
 *
 * @see `kTierUpForSubjectLengthValue` in https://github.com/nodejs/node/blob/v24.x/deps/v8/src/objects/js-regexp.h
 */
const LONG_TEXT = 1_000;

const ANSWER =
  'HTTP/1.1 200 OK\r\nconnection: close\r\ncontent-type: application/x-amz-json-1.0\r\ncontent-length: 2\r\n\r\n{}';

type ConnectionOptions = Parameters<Agent['createConnection']>[0];
type ConnectionCallback = Parameters<Agent['createConnection']>[1];

interface OpenedConnection {
  readonly name: string;
  readonly socket: Socket;
  readonly openedAt: number;
  /** Resolves to the error if the connection could not be opened. */
  readonly failure: Promise<Error | undefined>;
}

/**
 * An agent that can be primed: it answers a request from memory, and meanwhile opens the connection that the
 * request would have used. The first real request then uses this connection.
 */
export class PrimedAgent extends Agent {
  private priming = false;
  private opened: OpenedConnection | undefined;

  /**
   * Makes a request that reaches no service.
   *
   * @throws the error of the request or of its connection.
   */
  async prime(request: () => Promise<unknown>): Promise<void> {
    this.priming = true;
    try {
      await request();
    } finally {
      this.priming = false;
    }
    const error = await this.opened?.failure;
    if (error) throw error;
  }

  override createConnection(options: ConnectionOptions, callback?: ConnectionCallback) {
    if (this.priming) {
      this.opened = this.open(options);
      return new AnsweringSocket();
    }
    const { opened } = this;
    this.opened = undefined;
    if (opened && opened.name === this.getName(options) && isUsable(opened)) return opened.socket;
    opened?.socket.destroy();
    return super.createConnection(options, callback);
  }

  private open(options: ConnectionOptions): OpenedConnection {
    const socket = super.createConnection(options) as Socket;
    // Until the socket is used, nobody else handles its errors, and an error would end the process.
    socket.on('error', () => {});
    return { name: this.getName(options), socket, openedAt: Date.now(), failure: failureOf(socket) };
  }
}

/** A connection that reaches no service and answers with an empty object. */
class AnsweringSocket extends Socket {
  override _read(): void {}

  override _write(_chunk: unknown, _encoding: string, callback: () => void): void {
    this.answer(callback);
  }

  override _writev(_chunks: unknown, callback: () => void): void {
    this.answer(callback);
  }

  private answer(callback: () => void): void {
    callback();
    this.push(ANSWER);
  }
}

function isUsable({ socket, openedAt }: OpenedConnection): boolean {
  // The clock continues while the environment is frozen, but timers do not.
  return socket.writable && Date.now() - openedAt < FRESH;
}

async function failureOf(socket: Socket): Promise<Error | undefined> {
  const expire = () => socket.destroy(new Error('the connection took too long'));
  socket.setTimeout(CONNECTION_TIMEOUT, expire);
  try {
    await once(socket, 'secureConnect');
    return undefined;
  } catch (error) {
    return error as Error;
  } finally {
    // This removes the callback. Otherwise every later time-out of the connection would call it, too.
    socket.setTimeout(0, expire);
  }
}

/** The agent of every client of a function. */
export const agent = new PrimedAgent({ keepAlive: true, maxSockets: 50 });

/**
 * Moves the extra work of a first request from the first invocation into Lambda's init, which has a whole
 * core: loading, compiling, and opening the connection.
 *
 * It does nothing if endpoints are overridden. A failure does no harm: the first request then does the work.
 *
 * @param request makes the request that the function will make; it reaches no service.
 */
export async function primeWith(request: () => Promise<unknown>): Promise<void> {
  if (Object.keys(process.env).some((name) => name.startsWith('AWS_ENDPOINT_URL'))) return;
  compileIpAddresses();
  try {
    await agent.prime(request);
  } catch (error) {
    console.warn({ event: 'NotPrimed', ...describeError(error) });
  }
}

/**
 * Node asks several times whether the host is an IP address, and its regular expression is large. V8 would make
 * bytecode for the first time and machine code for the second, which takes four times as long.
 */
function compileIpAddresses(): void {
  isIP('-'.repeat(LONG_TEXT));
}

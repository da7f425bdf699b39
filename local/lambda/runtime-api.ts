import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { createServer } from 'node:http';
import type { Duplex } from 'node:stream';
import type { Outcome } from '../aws/invocation';

const BASE = '/2018-06-01/runtime';
const ANSWER = new RegExp(`^${BASE}/invocation/([^/?]+)/(response|error)$`);

/** What a function's process reports: the outcome of one invocation, or that the function cannot be loaded. */
export interface RuntimeReport {
  /** Undefined if the function cannot be loaded. */
  readonly requestId?: string;
  readonly outcome: Outcome;
}

/** What the Runtime API does with the requests of the process. */
export interface RuntimeApiOptions {
  /** Hands over the response in which the process waits for its next invocation. */
  readonly onNext: (response: ServerResponse) => void;
  /** Takes a report. It answers false if nobody waits for this report. */
  readonly onReport: (report: RuntimeReport) => boolean;
}

/**
 * The Runtime API of one function's process.
 *
 * It has no port: it speaks HTTP over a pipe that only this process holds. So no other program, and no web page,
 * can answer for the function.
 *
 * @param pipe the parent's end of the pipe.
 * @see https://docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html
 */
export function serveRuntimeApi(pipe: Duplex, options: RuntimeApiOptions): void {
  // A process may think about an invocation for as long as its function's time-out allows.
  const server: Server = createServer({ keepAliveTimeout: 0 });
  server.on('request', (request, response) => {
    // If the process ends during a request, its exit reports this.
    serve(request, response, options).catch(() => {});
  });
  // The end of the process breaks the pipe, and its exit reports this.
  pipe.on('error', () => {});
  server.emit('connection', pipe);
}

async function serve(
  request: IncomingMessage,
  response: ServerResponse,
  { onNext, onReport }: RuntimeApiOptions,
): Promise<void> {
  const { method, url = '' } = request;
  if (method === 'GET' && url === `${BASE}/invocation/next`) return onNext(response);
  const payload = await bodyOf(request);
  const report = method === 'POST' ? reportOf(url, payload) : undefined;
  if (!report) return refuse(response, 404, 'NotFound', `there is nothing at ${method} ${url}`);
  if (!onReport(report)) return refuse(response, 400, 'InvalidRequestID', 'Invalid request ID');
  response.writeHead(202, { 'content-length': 0 }).end();
}

function reportOf(url: string, payload: string): RuntimeReport | undefined {
  if (url === `${BASE}/init/error`) return { outcome: { payload, failed: true } };
  const [, requestId, kind] = ANSWER.exec(url) ?? [];
  return requestId === undefined ? undefined : { requestId, outcome: { payload, failed: kind === 'error' } };
}

function refuse(response: ServerResponse, status: number, errorType: string, errorMessage: string): void {
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(JSON.stringify({ errorType, errorMessage }));
}

/** Does the same as `text` of `stream/consumers` at a third of the cost. It runs three times per user. */
function bodyOf(request: IncomingMessage): Promise<string> {
  return new Promise((resolve, reject) => {
    let body = '';
    request.setEncoding('utf8');
    request.on('data', (chunk: string) => {
      body += chunk;
    });
    request.once('end', () => resolve(body));
    request.once('error', reject);
  });
}

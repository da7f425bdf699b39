import type { IncomingMessage } from 'node:http';
import { AwsError } from '../aws/api';

type Request = Pick<IncomingMessage, 'method' | 'url' | 'headers'>;

/** Who may call the local cloud besides this machine's programs and the local cloud's own pages. */
export interface Guests {
  /** Origins of web pages, such as `http://localhost:3000`. */
  readonly origins: readonly string[];
  /** Names that a request may have in its `Host` header. Without a port, a name stands for the gateway's port. */
  readonly hosts: readonly string[];
}

/** Names of this machine that no other machine can have. */
const LOCAL_HOST = /^(?:127\.0\.0\.1|\[::1\]|(?:[a-z0-9-]+\.)*localhost)(?::(\d{1,5}))?$/i;

/** Spellings of a path that programs can resolve to a different path. */
const AMBIGUOUS_PATH = /\/\/|\\|%(?:2f|5c|00)|\/(?:\.|%2e){1,2}(?:\/|$)/i;

/**
 * Refuses a request that no SDK, AWS CLI or page of the local cloud would send, before its body is read.
 *
 * Every web page that is open on this machine can reach the servers on it. The page uses the name of this
 * machine or, by DNS rebinding, a name of its own.
 *
 * @throws AwsError InvalidRequestException, MisdirectedRequestException (421) or CrossOriginRequestException (403).
 * @see https://fetch.spec.whatwg.org/#sec-purpose-header and https://w3c.github.io/webappsec-fetch-metadata/
 */
export function assertWelcome({ method, url = '', headers }: Request, port: number, guests: Guests): void {
  assertPath(url);
  assertHost(headers.host, port, guests.hosts);
  assertOrigin(method, headers, guests.origins);
}

function assertPath(url: string): void {
  const [path = ''] = url.split('?');
  if (path.startsWith('/') && !AMBIGUOUS_PATH.test(path)) return;
  throw new AwsError(
    'InvalidRequestException',
    `"${path.slice(0, 200)}" is not a path of the local cloud: send one that begins with / and has no //, .. or encoded slash`,
  );
}

function assertHost(host = '', port: number, allowed: Guests['hosts']): void {
  const [isLocal, hostPort = '80'] = LOCAL_HOST.exec(host) ?? [];
  if (isLocal && Number(hostPort) === port) return;
  if (allowed.some((name) => isHost(host, name, port))) return;
  throw new AwsError(
    'MisdirectedRequestException',
    `the local cloud does not answer to the host "${host.slice(0, 200)}": call it by http://127.0.0.1:${port}, or start it with --allow-host`,
    421,
  );
}

function isHost(host: string, allowed: string, port: number): boolean {
  const names = allowed.includes(':') ? [allowed] : [`${allowed}:${port}`];
  return names.some((name) => name.toLowerCase() === host.toLowerCase());
}

/** Only browsers send these headers. A page can neither leave them out nor forge them. */
function assertOrigin(
  method: string | undefined,
  headers: IncomingMessage['headers'],
  allowed: Guests['origins'],
): void {
  const { host = '', origin, 'sec-fetch-site': site = 'none' } = headers;
  const isFollowedLink =
    method === 'GET' && headers['sec-fetch-mode'] === 'navigate' && headers['sec-fetch-dest'] === 'document';
  const isSameSite = site === 'same-origin' || site === 'none' || isFollowedLink;
  const isSameOrigin = origin === undefined || origin.toLowerCase() === `http://${host.toLowerCase()}`;
  if (isSameSite && isSameOrigin) return;
  if (origin !== undefined && allowed.includes(origin.toLowerCase())) return;
  throw new AwsError(
    'CrossOriginRequestException',
    `a web page of ${origin?.slice(0, 200) ?? 'another site'} may not call the local cloud, unless it is started with --allow-origin`,
    403,
  );
}

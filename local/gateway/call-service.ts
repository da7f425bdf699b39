import type { Context } from 'hono';
import { AwsError, type AwsResponse, errorResponse, parseInput } from '../aws/api';
import { answerQuery, notPlayed, s3Error } from './query-protocol';
import { toResponse } from './request-limits';
import type { GatewayRoutes } from './routes';
import { type Signer, signerOf } from './signer';

const JSON_TYPES = ['application/x-amz-json-1.0', 'application/x-amz-json-1.1', 'application/json'];

/** Hands a request of the AWS JSON protocol to its service. */
export async function callService(c: Context, routes: GatewayRoutes): Promise<AwsResponse> {
  const { services, call } = routes;
  if (c.req.header('content-type')?.startsWith('application/x-www-form-urlencoded'))
    return callByForm(c, routes);
  const target = c.req.header('x-amz-target') ?? '';
  const [, prefix = '', action = ''] = /^(\w+)\.(\w+)$/.exec(target) ?? [];
  const service = Object.hasOwn(services, prefix) ? services[prefix] : undefined;
  const signedFor = signer(c).service;
  const played = playedServices(routes);
  if (!service && signedFor !== undefined && !played.includes(signedFor)) return refuse(signedFor, c, played);
  assertContentType(c.req.header('content-type'));
  if (!service) {
    const known = Object.keys(services).join(', ');
    throw new AwsError(
      'UnknownOperationException',
      `the local cloud does not know the X-Amz-Target "${target}": it serves ${known} and Lambda's Invoke`,
    );
  }
  if (!service.actions.includes(action)) {
    throw new AwsError(
      'UnknownOperationException',
      `the local cloud does not support ${service.prefix}:${action}`,
    );
  }
  return call(service, { action, input: parseInput(await c.req.text()) }, signer(c).accessKeyId);
}

async function callByForm(c: Context, routes: GatewayRoutes): Promise<AwsResponse> {
  const { service, accessKeyId } = signer(c);
  const action = new URLSearchParams(await c.req.text()).get('Action') ?? '';
  const played = playedServices(routes);
  const callerIdentity = () => routes.callerIdentity(accessKeyId);
  return answerQuery({ service, action, played, callerIdentity });
}

/** Where there is nothing, the signature says which service the request is for. */
export function answerNothing(c: Context, routes: GatewayRoutes): Response {
  const { service } = signer(c);
  const nothing = `there is nothing at ${c.req.method} ${c.req.path}`;
  if (service === undefined) return c.json({ message: nothing }, 404);
  return toResponse(refuse(service, c, playedServices(routes)));
}

function refuse(service: string, c: Context, played: readonly string[]): AwsResponse {
  const what = played.includes(service) ? `${c.req.method} ${c.req.path} of ${service}` : service;
  const error = notPlayed(what, played);
  return service === 's3' ? s3Error(error) : errorResponse(error);
}

function playedServices({ services, restServices }: GatewayRoutes): string[] {
  return [...Object.values(services).map(({ prefix }) => prefix), ...Object.keys(restServices)];
}

/** What the signature of a request names. */
export function signer(c: Context): Signer {
  return signerOf(c.req.header('authorization'));
}

function assertContentType(contentType = 'application/json'): void {
  const [type = ''] = contentType.split(';');
  if (JSON_TYPES.includes(type.trim().toLowerCase())) return;
  throw new AwsError(
    'UnknownOperationException',
    `the local cloud speaks AWS's JSON protocol: send ${JSON_TYPES.join(' or ')}, not "${type.slice(0, 100)}"`,
  );
}

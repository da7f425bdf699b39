import type { Context } from 'hono';
import { AwsError, type AwsResponse } from '../aws/api';
import { signer } from './call-service';
import type { GatewayRoutes } from './routes';

/** An operation of the REST protocol that reads something. */
interface RestOperation {
  readonly service: string;
  readonly action: string;
  readonly path: string;
  /** The members of the input, by the names of the parameters of path and query. */
  readonly members: Readonly<Record<string, string>>;
}

/** @see https://docs.aws.amazon.com/lambda/latest/api/ and https://docs.aws.amazon.com/scheduler/latest/APIReference/ */
export const REST_OPERATIONS: readonly RestOperation[] = [
  {
    service: 'lambda',
    action: 'GetPolicy',
    path: '/2015-03-31/functions/:FunctionName/policy',
    members: { FunctionName: 'FunctionName' },
  },
  {
    service: 'lambda',
    action: 'ListEventSourceMappings',
    path: '/2015-03-31/event-source-mappings',
    members: { EventSourceArn: 'EventSourceArn', FunctionName: 'FunctionName' },
  },
  {
    service: 'scheduler',
    action: 'GetSchedule',
    path: '/schedules/:Name',
    members: { Name: 'Name', groupName: 'GroupName' },
  },
];

/** Hands a request to a service of the REST protocol. */
export async function callRest(
  c: Context,
  { service: prefix, action, members }: RestOperation,
  { restServices, call }: GatewayRoutes,
): Promise<AwsResponse> {
  const service = restServices[prefix];
  if (!service) throw new AwsError('UnknownOperationException', `there is no ${prefix} here`);
  const entries = Object.entries(members).flatMap(([parameter, member]) => {
    const value = c.req.param(parameter) ?? c.req.query(parameter);
    return value === undefined ? [] : [[member, value]];
  });
  return call(service, { action, input: Object.fromEntries(entries) }, signer(c).accessKeyId);
}

import { devNull } from 'node:os';
import { FUNCTION_HOST } from '../aws/environment';
import type { FunctionDescription } from './local-function';
import { LOG_STREAM, logGroupOf } from './telemetry';

/**
 * The environment variables of a function's process.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html
 */
export function variablesOf(
  { name, directory, properties, role, environment }: FunctionDescription,
  version: string,
  endpointPort: number,
): Record<string, string> {
  return {
    ...properties.Environment?.Variables,
    _HANDLER: properties.Handler,
    LAMBDA_TASK_ROOT: directory,
    AWS_REGION: environment.region,
    AWS_DEFAULT_REGION: environment.region,
    AWS_EXECUTION_ENV: `AWS_Lambda_${properties.Runtime ?? 'nodejs24.x'}`,
    AWS_LAMBDA_FUNCTION_NAME: name,
    AWS_LAMBDA_FUNCTION_VERSION: version,
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(properties.MemorySize ?? 128),
    AWS_LAMBDA_LOG_GROUP_NAME: logGroupOf(name, properties),
    AWS_LAMBDA_LOG_STREAM_NAME: LOG_STREAM,
    AWS_ACCESS_KEY_ID: role.accessKeyId,
    AWS_SECRET_ACCESS_KEY: 'local',
    AWS_SESSION_TOKEN: 'local',
    AWS_ENDPOINT_URL: `http://${FUNCTION_HOST}:${endpointPort}`,
    // The SDK sends to the host of the queue URL, and warns if the endpoint has another host.
    AWS_ENDPOINT_URL_SQS: `http://127.0.0.1:${endpointPort}`,
    AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
    // The functions must not see the AWS configuration of the person at this machine.
    AWS_CONFIG_FILE: devNull,
    AWS_SHARED_CREDENTIALS_FILE: devNull,
    LANG: 'en_US.UTF-8',
    TZ: ':UTC',
  };
}

import type { RequestListener } from 'node:http';
import inject from 'light-my-request';
import type { AwsCall, AwsResponse } from './api';

const HEADERS = {
  'content-type': 'application/x-amz-json-1.0',
  // The emulators read the region from the signature, or require a signature. The gateway checks it.
  authorization:
    'AWS4-HMAC-SHA256 Credential=local/20260101/us-east-1/local/aws4_request, SignedHeaders=host, Signature=local',
  'x-amz-date': '20260101T000000Z',
};

/**
 * Hands a call to an emulator's HTTP listener without a socket between them.
 *
 * @param targetPrefix the part before the action in `X-Amz-Target`.
 * @param host the address that the emulator takes for its own.
 */
export async function callInProcess(
  listener: RequestListener,
  { action, input }: AwsCall,
  targetPrefix: string,
  host = 'localhost',
): Promise<AwsResponse> {
  const response = await inject(listener, {
    method: 'POST',
    url: '/',
    headers: { ...HEADERS, 'x-amz-target': `${targetPrefix}.${action}`, host },
    payload: JSON.stringify(input),
  });
  return {
    status: response.statusCode,
    headers: Object.fromEntries(
      Object.entries(response.headers)
        .filter(([name]) => name === 'content-type' || name.startsWith('x-amz'))
        .map(([name, value]) => [name, String(value)]),
    ),
    body: response.payload,
  };
}

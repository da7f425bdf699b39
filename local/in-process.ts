import type { RequestListener } from 'node:http';
import inject from 'light-my-request';
import type { AwsRequest, AwsResponse } from './aws-api';

// The emulators read the region out of the signature, or insist on one. Checking it is the gateway's part.
const SIGNATURE = {
  authorization:
    'AWS4-HMAC-SHA256 Credential=local/20260101/us-east-1/local/aws4_request, SignedHeaders=host, Signature=local',
  'x-amz-date': '20260101T000000Z',
};

/**
 * Hands a request to an emulator's HTTP listener without a socket between them.
 *
 * @param target the action with its service's prefix, as in `X-Amz-Target`.
 * @param host what the emulator shall take for its address.
 */
export async function callInProcess(
  listener: RequestListener,
  { headers, body }: Pick<AwsRequest, 'headers' | 'body'>,
  target: string,
  host = 'localhost',
): Promise<AwsResponse> {
  const response = await inject(listener, {
    method: 'POST',
    url: '/',
    headers: { 'content-type': headers['content-type'], ...SIGNATURE, 'x-amz-target': target, host },
    payload: body,
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

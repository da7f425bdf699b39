/** The account and region that the local cloud pretends to be. */
export const ACCOUNT = '000000000000';
export const REGION = 'us-east-1';

/** The host by which the functions know the gateway, a name to which SDKs can put a prefix. */
export const FUNCTION_HOST = 'aws.localhost';

/** Makes the ARN of a resource of the local cloud. */
export function arn(service: string, resource: string, region = REGION): string {
  return `arn:aws:${service}:${region}:${ACCOUNT}:${resource}`;
}

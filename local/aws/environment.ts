/** The account and region that the local cloud pretends to have. */
export const ACCOUNT = '000000000000';
export const REGION = 'us-east-1';

/** The host under which the functions reach the gateway. SDKs can put a prefix before this name. */
export const FUNCTION_HOST = 'aws.localhost';

/** The name in the ARN of a function or a state machine, with or without a qualifier. */
export function nameInArn(resourceArn: string): string {
  return resourceArn.split(':')[6] ?? '';
}

/** Makes the ARN of a resource of the local cloud. */
export function arn(service: string, resource: string, region = REGION): string {
  return `arn:aws:${service}:${region}:${ACCOUNT}:${resource}`;
}

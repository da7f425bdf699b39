/** An account and a region of AWS. */
export interface Environment {
  readonly account: string;
  readonly region: string;
}

/** The account and region of a stack that names none. */
export const ACCOUNT = '000000000000';
export const REGION = 'us-east-1';
export const DEFAULT_ENVIRONMENT: Environment = { account: ACCOUNT, region: REGION };

/** The host under which the functions reach the gateway. SDKs can put a prefix before this name. */
export const FUNCTION_HOST = 'aws.localhost';

/** The name in the ARN of a function or a state machine, with or without a qualifier. */
export function nameInArn(resourceArn: string): string {
  return resourceArn.split(':')[6] ?? '';
}

/** The account and region that an ARN carries. */
export function environmentOf(resourceArn: string): Environment {
  const [, , , region = '', account = ''] = resourceArn.split(':');
  return { account, region };
}

/** Makes an ARN. */
export function arn(
  service: string,
  resource: string,
  environment: Environment = DEFAULT_ENVIRONMENT,
): string {
  return `arn:aws:${service}:${environment.region}:${environment.account}:${resource}`;
}

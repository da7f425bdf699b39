import type { CustomResourceProperties } from './custom-resources';

/** Names of the played services in version 2 and 3 of the SDK, without dashes and in lower case. */
const PLAYED = [
  'cognitoidentity',
  'cognitoidentityprovider',
  'cognitoidentityserviceprovider',
  'dynamodb',
  'eventbridge',
  'lambda',
  'sfn',
  'sqs',
  'stepfunctions',
  'sts',
];

/**
 * The properties with which an `AwsCustomResource` of CDK uses the SDK that is there. Others stay as they are.
 *
 * @see https://docs.aws.amazon.com/cdk/api/v2/docs/aws-cdk-lib.custom_resources.AwsCustomResource.html
 */
export function withInstalledSdk(properties: CustomResourceProperties): CustomResourceProperties {
  return isAwsCustomResource(properties) ? { ...properties, InstallLatestAwsSdk: false } : properties;
}

/** Whether this is an `AwsCustomResource` that calls a service which is not played. */
export function callsElsewhere(properties: CustomResourceProperties): boolean {
  const { Create, Delete } = properties;
  const call = Create ?? Delete;
  if (!isAwsCustomResource(properties) || call === undefined) return false;
  const { service } = JSON.parse(String(call)) as { service: string };
  const name = service.replace(/^@aws-sdk\/client-/, '').replaceAll('-', '');
  return !PLAYED.includes(name.toLowerCase());
}

/** The type can be chosen, but CDK always writes this property. */
function isAwsCustomResource(properties: CustomResourceProperties): boolean {
  return 'InstallLatestAwsSdk' in properties;
}

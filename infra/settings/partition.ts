import { Stack, Token } from 'aws-cdk-lib';
import { RegionInfo } from 'aws-cdk-lib/region-info';
import type { Construct } from 'constructs';

const PARTITIONS = ['aws', 'aws-us-gov'];

/**
 * The partition that a stack is deployed to. If the stack does not say its region, it is that of the CDK's
 * command line.
 *
 * @throws Error for a partition in which the onboarding does not work.
 */
export function partitionOf(scope: Construct): string {
  const region = regionOf(scope);
  const partition = (region && RegionInfo.get(region).partition) || 'aws';
  if (PARTITIONS.includes(partition)) return partition;
  // https://docs.amazonaws.cn/en_us/aws/latest/userguide/cognito.html
  const reason = partition === 'aws-cn' ? 'Cognito has no user pools there' : 'it is not known to work there';
  throw new Error(
    `the onboarding cannot be deployed to the region ${region} of the partition ${partition}: ${reason}. Deploy ` +
      `it to a region of ${PARTITIONS.join(' or ')}`,
  );
}

/**
 * The service principal of identity pools, which is also the prefix of their condition keys.
 *
 * @see https://docs.aws.amazon.com/govcloud-us/latest/UserGuide/govcloud-cog.html
 */
export function cognitoIdentityPrincipal(scope: Construct): string {
  if (partitionOf(scope) === 'aws') return 'cognito-identity.amazonaws.com';
  const region = regionOf(scope);
  return region === 'us-gov-west-1'
    ? 'cognito-identity-us-gov.amazonaws.com'
    : `cognito-identity.${region}.amazonaws.com`;
}

/**
 * The environment of a function that calls Cognito user pools: in AWS GovCloud (US), they have FIPS endpoints
 * only.
 *
 * @see https://docs.aws.amazon.com/govcloud-us/latest/UserGuide/govcloud-cog.html
 */
export function cognitoEnvironment(scope: Construct): Record<string, string> {
  return partitionOf(scope) === 'aws-us-gov' ? { AWS_USE_FIPS_ENDPOINT: 'true' } : {};
}

function regionOf(scope: Construct): string | undefined {
  const { region } = Stack.of(scope);
  return Token.isUnresolved(region) ? process.env.CDK_DEFAULT_REGION : region;
}

import type { PolicyDocument } from './policies/statements';

const LOGS = ['logs:CreateLogGroup', 'logs:CreateLogStream', 'logs:PutLogEvents'];

/**
 * The AWS managed policies that functions often have. Of services that are not here, only the services are named.
 *
 * @see https://docs.aws.amazon.com/aws-managed-policy/latest/reference/policy-list.html
 */
const MANAGED_POLICIES: Record<string, PolicyDocument> = {
  AWSStepFunctionsFullAccess: allow('states:*'),
  AWSXRayDaemonWriteAccess: allow(
    'xray:PutTraceSegments',
    'xray:PutTelemetryRecords',
    'xray:GetSamplingRules',
    'xray:GetSamplingTargets',
    'xray:GetSamplingStatisticSummaries',
  ),
  AmazonS3FullAccess: allow('s3:*', 's3-object-lambda:*'),
  AmazonS3ReadOnlyAccess: allow('s3:*', 's3-object-lambda:*'),
  AmazonSESFullAccess: allow('ses:*'),
  AmazonSNSFullAccess: allow('sns:*'),
  AmazonSQSFullAccess: allow('sqs:*'),
  AmazonSSMReadOnlyAccess: allow('ssm:*'),
  'service-role/AWSLambdaBasicExecutionRole': allow(...LOGS),
  'service-role/AWSLambdaDynamoDBExecutionRole': allow(
    'dynamodb:DescribeStream',
    'dynamodb:GetRecords',
    'dynamodb:GetShardIterator',
    'dynamodb:ListStreams',
    ...LOGS,
  ),
  'service-role/AWSLambdaKinesisExecutionRole': allow('kinesis:*', ...LOGS),
  'service-role/AWSLambdaSQSQueueExecutionRole': allow(
    'sqs:ReceiveMessage',
    'sqs:DeleteMessage',
    'sqs:GetQueueAttributes',
    ...LOGS,
  ),
  'service-role/AWSLambdaVPCAccessExecutionRole': allow('ec2:*', ...LOGS),
};

/**
 * A policy that AWS manages.
 *
 * @throws Error naming the role and the policy, for a policy that the local cloud does not know.
 */
export function managedPolicy(policyArn: string, roleName: string) {
  const name = policyArn.replace(/^arn:aws:iam::aws:policy\//, '');
  const document = Object.hasOwn(MANAGED_POLICIES, name) ? MANAGED_POLICIES[name] : undefined;
  if (document) return { PolicyName: name, PolicyDocument: document };
  throw new Error(`role ${roleName}: the local cloud does not know the managed policy ${policyArn}`);
}

function allow(...Action: string[]): PolicyDocument {
  return { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action, Resource: '*' }] };
}

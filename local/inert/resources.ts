import { arn } from '../aws/environment';
import { idOf, named, nameOnly } from '../aws/identity';
import type { Naming, ResourceType, ResourceTypes } from '../aws/resource-type';
import type { ResourceIdentity } from '../aws/template';

/** What the local cloud does not play, and what others see of it. */
type Identities = Record<
  string,
  Pick<ResourceType, 'nameProperty' | 'maxNameLength'> & { identify: (naming: Naming) => ResourceIdentity }
>;

const uuidOf = (name: string) => idOf(name, 32).replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');

/** Identifies a type whose `Ref` is an id, such as `vpc-0a1b2c3d4e5f60718`. */
const byId =
  (prefix: string, length: number, attributes: readonly string[] = []) =>
  ({ name }: Naming): ResourceIdentity => {
    const id = `${prefix}${idOf(name, length)}`;
    return { ref: id, attributes: Object.fromEntries(attributes.map((attribute) => [attribute, id])) };
  };

const IDENTITIES: Identities = {
  'AWS::ApiGateway::RestApi': {
    identify: ({ name }) => {
      const id = idOf(name, 10);
      return { ref: id, attributes: { RestApiId: id, RootResourceId: idOf(`${name}/`, 10) } };
    },
  },
  'AWS::ApiGatewayV2::Api': {
    identify: ({ name, environment }) => {
      const id = idOf(name, 10);
      const ApiEndpoint = `https://${id}.execute-api.${environment.region}.amazonaws.com`;
      return { ref: id, attributes: { ApiId: id, ApiEndpoint } };
    },
  },
  'AWS::CertificateManager::Certificate': {
    identify: ({ name, environment }) => {
      return { ref: arn('acm', `certificate/${uuidOf(name)}`, environment), attributes: {} };
    },
  },
  'AWS::CloudFront::Distribution': {
    identify: ({ name }) => {
      const id = idOf(name, 14).toUpperCase();
      return { ref: id, attributes: { Id: id, DomainName: `${idOf(name, 14)}.cloudfront.net` } };
    },
  },
  'AWS::Cognito::UserPoolDomain': {
    nameProperty: 'Domain',
    maxNameLength: 63,
    identify: ({ name }) => {
      return { ref: name, attributes: { CloudFrontDistribution: `${idOf(name, 14)}.cloudfront.net` } };
    },
  },
  'AWS::EC2::SecurityGroup': { identify: byId('sg-', 17, ['GroupId', 'Id']) },
  'AWS::EC2::Subnet': { identify: byId('subnet-', 17, ['SubnetId']) },
  'AWS::EC2::VPC': {
    identify: (naming) => {
      const { ref } = byId('vpc-', 17)(naming);
      return { ref, attributes: { VpcId: ref, CidrBlock: naming.property('CidrBlock') ?? '10.0.0.0/16' } };
    },
  },
  'AWS::KMS::Key': {
    identify: ({ name, environment }) => {
      const id = uuidOf(name);
      return { ref: id, attributes: { KeyId: id, Arn: arn('kms', `key/${id}`, environment) } };
    },
  },
  'AWS::Kinesis::Stream': { nameProperty: 'Name', maxNameLength: 128, identify: named('kinesis', 'stream/') },
  'AWS::Lambda::Url': {
    identify: ({ name, environment, property }) => {
      const FunctionUrl = `https://${idOf(name, 32)}.lambda-url.${environment.region}.on.aws/`;
      const FunctionArn = String(property('TargetFunctionArn'));
      return { ref: FunctionArn, attributes: { FunctionUrl, FunctionArn } };
    },
  },
  'AWS::S3::Bucket': {
    nameProperty: 'BucketName',
    maxNameLength: 63,
    identify: ({ name: mixed, environment: { region } }) => {
      const name = mixed.toLowerCase();
      return {
        ref: name,
        attributes: {
          Arn: `arn:aws:s3:::${name}`,
          DomainName: `${name}.s3.amazonaws.com`,
          DualStackDomainName: `${name}.s3.dualstack.${region}.amazonaws.com`,
          RegionalDomainName: `${name}.s3.${region}.amazonaws.com`,
          WebsiteURL: `http://${name}.s3-website-${region}.amazonaws.com`,
        },
      };
    },
  },
  'AWS::SNS::Topic': {
    nameProperty: 'TopicName',
    maxNameLength: 256,
    identify: ({ name, environment }) => {
      const topicArn = arn('sns', name, environment);
      return { ref: topicArn, attributes: { TopicArn: topicArn, TopicName: name } };
    },
  },
  'AWS::SSM::Parameter': {
    nameProperty: 'Name',
    maxNameLength: 1011,
    identify: ({ name, property }) => {
      return { ref: name, attributes: { Type: property('Type'), Value: property('Value') } };
    },
  },
  'AWS::SecretsManager::Secret': {
    nameProperty: 'Name',
    maxNameLength: 512,
    identify: ({ name, environment }) => {
      const secretArn = arn('secretsmanager', `secret:${name}-${idOf(name, 6)}`, environment);
      return { ref: secretArn, attributes: { Id: secretArn } };
    },
  },
  'Custom::LogRetention': {
    nameProperty: 'LogGroupName',
    identify: ({ name, environment }) => {
      const Arn = `${arn('logs', `log-group:${name}`, environment)}:*`;
      return { ref: name, attributes: { LogGroupName: name, Arn } };
    },
  },
};

/**
 * Custom resources of CDK itself, whose functions only call services that are not played.
 *
 * @see https://github.com/aws/aws-cdk/tree/main/packages/%40aws-cdk/custom-resource-handlers
 */
const CUSTOM_RESOURCES = [
  'Custom::CDKBucketDeployment',
  'Custom::ECRAutoDeleteImages',
  'Custom::S3AutoDeleteObjects',
  'Custom::S3BucketNotifications',
  'Custom::VpcRestrictDefaultSG',
];

/** Types that do nothing in the local cloud, but have better names than those made for any type. */
export const INERT_RESOURCES: ResourceTypes = {
  ...Object.fromEntries(
    Object.entries(IDENTITIES).map(([type, known]) => [type, { ...known, isInert: () => true }]),
  ),
  ...Object.fromEntries(CUSTOM_RESOURCES.map((type) => [type, { isInert: () => true }])),
};

/** Custom resources of CDK for references between regions. The template knows their values. */
export const CROSS_REGION_RESOURCES: ResourceTypes = {
  'Custom::CrossRegionExportReader': {
    identify: ({ name, property }) => {
      const { imports } = property('ReaderProps') as { imports: Record<string, unknown> };
      return { ref: name, attributes: imports };
    },
    isInert: () => false,
  },
  'Custom::CrossRegionExportWriter': { identify: nameOnly, isInert: () => false },
};

/** Types that do nothing that a user or a function could notice, so nobody has to be told. */
export const SILENT_RESOURCES: ResourceTypes = {
  'AWS::CDK::Metadata': {},
  'AWS::CloudWatch::Dashboard': {},
  'AWS::Logs::MetricFilter': {},
};

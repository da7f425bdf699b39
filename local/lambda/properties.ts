import type { PropertyRules } from '../aws/property-rules';
import { DESTINATIONS } from './asynchronous/destinations';

export const ALIAS: PropertyRules = {
  played: ['FunctionName', 'FunctionVersion', 'Name'],
  withoutEffect: ['Description', 'ProvisionedConcurrencyConfig'],
  leftOut: ['RoutingConfig'],
};

const OF_STREAMS = 'it is for streams and brokers: Lambda refuses it for a queue';

export const EVENT_SOURCE_MAPPING: PropertyRules = {
  played: [
    'BatchSize',
    'Enabled',
    'EventSourceArn',
    'FilterCriteria',
    'FunctionName',
    'FunctionResponseTypes',
    'ScalingConfig',
  ],
  withoutEffect: ['KmsKeyArn', 'LoggingConfig', 'MetricsConfig', 'ProvisionedPollerConfig', 'Tags'],
  // Batches come sooner and are smaller, which Lambda may do as well.
  leftOut: ['MaximumBatchingWindowInSeconds'],
  neutral: { MaximumBatchingWindowInSeconds: [0] },
  refused: {
    AmazonManagedKafkaEventSourceConfig: OF_STREAMS,
    BisectBatchOnFunctionError: OF_STREAMS,
    DestinationConfig: OF_STREAMS,
    DocumentDBEventSourceConfig: OF_STREAMS,
    MaximumRecordAgeInSeconds: OF_STREAMS,
    MaximumRetryAttempts: OF_STREAMS,
    ParallelizationFactor: OF_STREAMS,
    Queues: OF_STREAMS,
    SelfManagedEventSource: OF_STREAMS,
    SelfManagedKafkaEventSourceConfig: OF_STREAMS,
    SourceAccessConfigurations: OF_STREAMS,
    StartingPosition: OF_STREAMS,
    StartingPositionTimestamp: OF_STREAMS,
    Topics: OF_STREAMS,
    TumblingWindowInSeconds: OF_STREAMS,
  },
};

/** Whether the service of a target in a property is among some. */
const toOneOf =
  (services: readonly string[], property: string) =>
  (value: unknown): boolean => {
    const [, , service = ''] = String((value as Record<string, unknown>)[property]).split(':');
    return services.includes(service);
  };

const toDestination = toOneOf(DESTINATIONS, 'Destination');

export const EVENT_INVOKE_CONFIG: PropertyRules = {
  played: ['FunctionName', 'MaximumEventAgeInSeconds', 'MaximumRetryAttempts', 'Qualifier'],
  leftOut: ['DestinationConfig.OnFailure', 'DestinationConfig.OnSuccess'],
  neutral: { 'DestinationConfig.OnFailure': toDestination, 'DestinationConfig.OnSuccess': toDestination },
};

export const FUNCTION: PropertyRules = {
  played: [
    'Code',
    'Environment',
    'FunctionName',
    'Handler',
    'ImageConfig',
    'Layers',
    'LoggingConfig.LogGroup',
    'MemorySize',
    'PackageType',
    'ReservedConcurrentExecutions',
    'Role',
    'Runtime',
    'Timeout',
    'TracingConfig',
  ],
  withoutEffect: [
    'Architectures',
    'CodeSigningConfigArn',
    'Description',
    'EphemeralStorage',
    'FunctionScalingConfig',
    'KmsKeyArn',
    // Every line is JSON here.
    'LoggingConfig.ApplicationLogLevel',
    'LoggingConfig.LogFormat',
    'LoggingConfig.SystemLogLevel',
    'PublishToLatestPublished',
    'RecursiveLoop',
    'RuntimeManagementConfig',
    // For Java, Python and .NET only.
    'SnapStart',
    'Tags',
    // A function here reaches this machine, whatever its network on AWS.
    'VpcConfig',
  ],
  leftOut: ['DeadLetterConfig', 'FileSystemConfigs'],
  neutral: { DeadLetterConfig: toOneOf(['sqs'], 'TargetArn') },
  refused: {
    CapacityProviderConfig:
      'its processes would run several invocations at once: test it as an ordinary function',
    DurableConfig: 'the local cloud cannot replay a durable function: test it on AWS',
    TenancyConfig: 'the local cloud does not keep tenants apart: test it on AWS',
  },
};

export const LAYER_VERSION: PropertyRules = {
  played: ['Content', 'LayerName'],
  withoutEffect: ['CompatibleArchitectures', 'CompatibleRuntimes', 'Description', 'LicenseInfo'],
};

export const PERMISSION: PropertyRules = {
  played: [
    'Action',
    'FunctionName',
    'FunctionUrlAuthType',
    'InvokedViaFunctionUrl',
    'Principal',
    'PrincipalOrgID',
    'SourceAccount',
    'SourceArn',
  ],
  // For Alexa only.
  withoutEffect: ['EventSourceToken'],
};

export const VERSION: PropertyRules = {
  played: ['FunctionName'],
  withoutEffect: [
    'CodeSha256',
    'Description',
    'FunctionScalingConfig',
    'ProvisionedConcurrencyConfig',
    'RuntimePolicy',
  ],
};

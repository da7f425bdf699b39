/** Where a state machine logs, and what. */
export interface LoggingConfiguration {
  readonly Level?: string;
  readonly IncludeExecutionData?: boolean;
  readonly Destinations?: readonly { readonly CloudWatchLogsLogGroup?: { readonly LogGroupArn?: string } }[];
}

/** A state machine as the template describes it. */
export interface StateMachineProperties {
  readonly DefinitionString: string;
  /** Instead of the string. */
  readonly Definition?: object;
  /** Instead of the string: a file among the assets. */
  readonly DefinitionS3Location?: { readonly Key: string };
  readonly DefinitionSubstitutions?: Record<string, string>;
  readonly StateMachineType?: 'STANDARD' | 'EXPRESS';
  readonly RoleArn: string;
  readonly LoggingConfiguration?: LoggingConfiguration;
  readonly TracingConfiguration?: { readonly Enabled?: boolean };
}

interface Destination {
  readonly Destination: string;
}

/** What becomes of the events of a function, as the template describes it. */
export interface EventInvokeConfigProperties {
  readonly FunctionName: string;
  /** `$LATEST`, a version or an alias. */
  readonly Qualifier: string;
  readonly MaximumRetryAttempts?: number;
  /** In s. */
  readonly MaximumEventAgeInSeconds?: number;
  readonly DestinationConfig?: { readonly OnSuccess?: Destination; readonly OnFailure?: Destination };
}

/** The parts that an event needs; ages are in ms. */
export interface EventInvokeConfig {
  readonly maxRetries: number;
  readonly maxAge: number;
  readonly onSuccess?: string;
  readonly onFailure?: string;
}

/**
 * The configuration with the defaults of Lambda: two retries within six hours.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-error-handling.html
 */
export function eventInvokeConfig(properties?: EventInvokeConfigProperties): EventInvokeConfig {
  const { MaximumRetryAttempts = 2, MaximumEventAgeInSeconds = 21_600, DestinationConfig } = properties ?? {};
  return {
    maxRetries: MaximumRetryAttempts,
    maxAge: MaximumEventAgeInSeconds * 1000,
    onSuccess: DestinationConfig?.OnSuccess?.Destination,
    onFailure: DestinationConfig?.OnFailure?.Destination,
  };
}

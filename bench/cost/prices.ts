/**
 * AWS's list prices in US dollars: us-east-1, arm64, without free tiers and discounts, as of 2026-11-23.
 *
 * Check each price on its page before you base a decision on it.
 */
export const PRICES = {
  // https://aws.amazon.com/lambda/pricing/ (the init phase is also billed)
  lambdaRequest: 0.2e-6,
  lambdaGBSecond: 0.0000133334,
  // https://aws.amazon.com/step-functions/pricing/ (in 64 MB and 100 ms, each rounded up)
  expressRequest: 1e-6,
  expressGBSecond: 0.00001667,
  // https://aws.amazon.com/cloudwatch/pricing/ (first 10 TB a month, both of Lambda's and vended logs)
  logsGB: 0.5,
  logsStoredGBMonth: 0.03,
  // https://aws.amazon.com/dynamodb/pricing/on-demand/
  dynamodbWrite: 0.625e-6,
  // https://aws.amazon.com/xray/pricing/
  xrayTrace: 5e-6,
} as const;

/** What CloudWatch adds to each log event, in bytes: https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/logs/cloudwatch_limits_cwl.html */
export const LOG_EVENT_OVERHEAD = 26;

/**
 * What Lambda itself logs about an invocation in its JSON format (`platform.start`, `platform.report`), in bytes.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/telemetry-schema-reference.html
 */
export const PLATFORM_LOG_BYTES = 650;

/**
 * How much more Step Functions logs for each `lambda:invoke` than the local cloud (`SdkHttpMetadata` and
 * `SdkResponseMetadata`), in bytes.
 */
export const INVOKE_METADATA_BYTES = 900;

/**
 * How long the services take to answer, in ms.
 *
 * These are assumptions, because they cannot be measured on this machine. They are the same for all variants.
 */
export const SERVICE_LATENCY = { cognito: 40, dynamodb: 8, stepFunctions: 30, lambdaInvoke: 10 } as const;

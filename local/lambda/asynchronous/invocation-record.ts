import type { Outcome } from '../../aws/invocation';

/** Why an event is at its end. */
export type Condition = 'Success' | 'RetriesExhausted' | 'EventAgeExceeded';

/** An event at its end. */
export interface EndedEvent {
  readonly requestId: string;
  /** With the qualifier of the call, or `$LATEST`. */
  readonly functionArn: string;
  readonly version: string;
  readonly payload: string;
  /** How often the function was invoked. */
  readonly invocations: number;
  readonly condition: Condition;
  /** Undefined if the function was never invoked. */
  readonly outcome?: Outcome;
  /** In ms since 1970. */
  readonly endedAt: number;
}

/**
 * What a destination gets.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-retain-records.html
 */
export function invocationRecord(event: EndedEvent) {
  const { requestId, functionArn, version, payload, invocations, condition, outcome, endedAt } = event;
  return {
    version: '1.0',
    timestamp: new Date(endedAt).toISOString(),
    requestContext: { requestId, functionArn, condition, approximateInvokeCount: invocations },
    requestPayload: JSON.parse(payload),
    ...(outcome && {
      responseContext: {
        statusCode: 200,
        executedVersion: version,
        ...(outcome.failed && { functionError: 'Unhandled' }),
      },
      responsePayload: JSON.parse(outcome.payload || 'null'),
    }),
  };
}

/** In characters. */
const MAX_ERROR_MESSAGE = 1024;

/**
 * The attributes of a message in a dead-letter queue, whose body is the event itself.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-retain-records.html#invocation-dlq
 */
export function deadLetterAttributes({ requestId, outcome }: EndedEvent) {
  const { errorMessage = '' } = JSON.parse(outcome?.payload || '{}') ?? {};
  return {
    RequestID: { DataType: 'String', StringValue: requestId },
    ErrorCode: { DataType: 'Number', StringValue: outcome ? '200' : '429' },
    ...(errorMessage && {
      ErrorMessage: { DataType: 'String', StringValue: String(errorMessage).slice(0, MAX_ERROR_MESSAGE) },
    }),
  };
}

/** A message of a queue, shown without receiving it; times are ISO 8601. */
export interface QueuedMessage {
  readonly messageId: string;
  readonly body: string;
  readonly receiveCount: number;
  readonly sentAt: string;
  /** The time from which it can be received again; undefined if it can be received now. */
  readonly visibleAt?: string;
}

interface EmulatedMessage {
  readonly messageId: string;
  readonly body: string;
  readonly approximateReceiveCount: number;
  readonly sentTimestamp: number;
  /** In a FIFO queue. */
  readonly messageGroupId?: string;
}

/** The messages of a queue, as the emulator shows them. */
export interface EmulatedMessages {
  readonly ready: readonly EmulatedMessage[];
  /** `delayUntil` is in ms since 1970. */
  readonly delayed: readonly (EmulatedMessage & { readonly delayUntil?: number })[];
  readonly inflight: readonly {
    readonly message: EmulatedMessage;
    readonly receiptHandle: string;
    /** In ms since 1970. */
    readonly visibilityDeadline: number;
  }[];
}

/** First the messages that can be received, then the delayed ones, and those that are being retried. */
export function queuedMessages({ ready, delayed, inflight }: EmulatedMessages): QueuedMessage[] {
  return [
    ...ready.map((message) => toQueuedMessage(message)),
    ...delayed.map((message) => toQueuedMessage(message, message.delayUntil)),
    ...inflight.map(({ message, visibilityDeadline }) => toQueuedMessage(message, visibilityDeadline)),
  ];
}

function toQueuedMessage(message: EmulatedMessage, visibleAt?: number): QueuedMessage {
  return {
    messageId: message.messageId,
    body: message.body,
    receiveCount: message.approximateReceiveCount,
    sentAt: new Date(message.sentTimestamp).toISOString(),
    ...(visibleAt !== undefined && { visibleAt: new Date(visibleAt).toISOString() }),
  };
}

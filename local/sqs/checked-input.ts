import { AwsError, type AwsResponse, type Input, jsonResponse } from '../aws/api';

/** An entry of a batch that SQS refuses while it takes the others. */
interface FailedEntry {
  readonly Id: unknown;
  readonly SenderFault: true;
  readonly Code: string;
  readonly Message: string;
}

/** The input for the emulator, without the entries of a batch that were refused. */
interface CheckedInput {
  readonly input: Input;
  readonly failed: readonly FailedEntry[];
}

/** In s. */
const MAX_DELAY = 900;

/**
 * Checks what the emulator of SQS takes and AWS refuses.
 *
 * @param readHandle answers the emulator's receipt handle, or throws an {@link AwsError}.
 * @throws AwsError for an input that is no batch.
 * @see https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SendMessage.html
 */
export function checkedInput(input: Input, readHandle: (handle: string) => string): CheckedInput {
  const { Entries } = input;
  if (!Array.isArray(Entries)) return { input: checkedMessage(input, readHandle), failed: [] };
  const failed: FailedEntry[] = [];
  const taken = Entries.flatMap((entry: Input) => {
    try {
      return [checkedMessage(entry, readHandle)];
    } catch (error) {
      failed.push(toFailedEntry(entry, error));
      return [];
    }
  });
  return { input: { ...input, Entries: taken }, failed };
}

/** Adds the refused entries to the answer to a batch. */
export function withFailed(response: AwsResponse, failed: readonly FailedEntry[]): AwsResponse {
  if (failed.length === 0) return response;
  const output = JSON.parse(response.body);
  // If every entry was refused, the emulator says that the batch is empty.
  if (String(output.__type).endsWith('EmptyBatchRequest'))
    return jsonResponse({ Successful: [], Failed: failed });
  if (response.status !== 200) return response;
  return jsonResponse({ ...output, Failed: [...(output.Failed ?? []), ...failed] });
}

function checkedMessage(message: Input, readHandle: (handle: string) => string): Input {
  const { DelaySeconds, ReceiptHandle } = message;
  if (DelaySeconds !== undefined && !(Number(DelaySeconds) >= 0 && Number(DelaySeconds) <= MAX_DELAY)) {
    const reason = `DelaySeconds must be >= 0 and <= ${MAX_DELAY}.`;
    throw new AwsError(
      'InvalidParameterValue',
      `Value ${DelaySeconds} for parameter DelaySeconds is invalid. Reason: ${reason}`,
    );
  }
  return typeof ReceiptHandle === 'string'
    ? { ...message, ReceiptHandle: readHandle(ReceiptHandle) }
    : message;
}

function toFailedEntry({ Id }: Input, error: unknown): FailedEntry {
  if (!(error instanceof AwsError)) throw error;
  return { Id, SenderFault: true, Code: error.code, Message: error.message };
}

import { AwsError, type Input } from '../aws/api';

const MAX_SIZE = 1000;

/**
 * One page of the list of queues. Without `MaxResults`, it is the only one.
 *
 * @throws AwsError InvalidParameterValue for a size out of range, or a token that is not from an earlier page.
 * @see https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_ListQueues.html
 */
export function queuePage(urls: readonly string[], { MaxResults, NextToken }: Input) {
  const size = Number(MaxResults ?? MAX_SIZE);
  if (!(size >= 1 && size <= MAX_SIZE))
    throw invalid(`Value for parameter MaxResults is invalid. Reason: must be between 1 and ${MAX_SIZE}.`);
  const start = NextToken === undefined ? 0 : urls.findIndex((url) => tokenOf(url) === NextToken) + 1;
  if (NextToken !== undefined && start === 0) throw invalid('Invalid or expired next token.');
  const QueueUrls = urls.slice(start, start + size);
  const last = QueueUrls.at(-1);
  const hasNext = MaxResults !== undefined && last !== undefined && start + size < urls.length;
  return { ...(last !== undefined && { QueueUrls }), ...(hasNext && { NextToken: tokenOf(last) }) };
}

function tokenOf(url: string): string {
  return Buffer.from(url).toString('base64url');
}

function invalid(message: string): AwsError {
  return new AwsError('InvalidParameterValue', message);
}

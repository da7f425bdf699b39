import { AwsError, type Input } from '../aws/api';

const DEFAULT_SIZE = 100;
const MAX_SIZE = 1000;

/**
 * One page of a list of Step Functions; a `maxResults` of 0 means the default.
 *
 * @throws AwsError InvalidToken for a token that is not from an earlier page.
 * @see https://docs.aws.amazon.com/step-functions/latest/apireference/API_ListExecutions.html
 */
export function pageOf<T>(items: readonly T[], { nextToken, maxResults }: Input) {
  const start = startOf(nextToken, items.length);
  const end = start + Math.min(Number(maxResults) || DEFAULT_SIZE, MAX_SIZE);
  return { items: items.slice(start, end), next: end < items.length ? { nextToken: String(end) } : {} };
}

function startOf(token: unknown, length: number): number {
  if (token === undefined) return 0;
  if (typeof token === 'string' && /^[1-9]\d*$/.test(token) && Number(token) < length) return Number(token);
  throw new AwsError('InvalidToken', `Invalid Token: '${token}'`);
}

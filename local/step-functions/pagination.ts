import { AwsError, type Input, violation } from '../aws/api';

const DEFAULT_SIZE = 100;
const MAX_SIZE = 1000;

/**
 * One page of a list of Step Functions; a `maxResults` of 0 means the default.
 *
 * A token names the last item of its page, so that items that come in between do not move the pages.
 *
 * @param keyOf what tells an item from all others.
 * @throws AwsError InvalidToken for a token that is not from an earlier page, ValidationException for a wrong size.
 * @see https://docs.aws.amazon.com/step-functions/latest/apireference/API_ListExecutions.html
 */
export function pageOf<T>(
  items: readonly T[],
  { nextToken, maxResults = 0 }: Input,
  keyOf: (item: T) => string,
) {
  assertSize(Number(maxResults));
  const start =
    nextToken === undefined ? 0 : items.findIndex((item) => tokenOf(keyOf(item)) === nextToken) + 1;
  if (nextToken !== undefined && start === 0)
    throw new AwsError('InvalidToken', `Invalid Token: '${nextToken}'`);
  const page = items.slice(start, start + (Number(maxResults) || DEFAULT_SIZE));
  const last = page.at(-1);
  const isLast = start + page.length >= items.length;
  return { items: page, next: last === undefined || isLast ? {} : { nextToken: tokenOf(keyOf(last)) } };
}

function tokenOf(key: string): string {
  return Buffer.from(key).toString('base64url');
}

function assertSize(size: number): void {
  if (size < 0) throw tooFar('greater than or equal to 0');
  if (size > MAX_SIZE) throw tooFar(`less than or equal to ${MAX_SIZE}`);
}

function tooFar(limit: string): AwsError {
  return violation('ValidationException', 'maxResults', `Member must have value ${limit}`);
}

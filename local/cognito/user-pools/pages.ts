import { AwsError } from '../../aws/api';

/** One page of a list, with the token for the next one. */
interface Page<Item> {
  readonly items: readonly Item[];
  readonly nextToken?: string;
}

const MAX_PAGE_SIZE = 60;

/**
 * One page of a list, ordered by the keys of its items. The order stays the same when items come or go between
 * two pages.
 *
 * @param limit the value of the request's member `limitName`.
 * @throws AwsError InvalidParameterException for a bad limit or token.
 */
export function pageOf<Item>(
  items: readonly Item[],
  keyOf: (item: Item) => string,
  { limit = MAX_PAGE_SIZE, limitName, token }: { limit?: unknown; limitName: string; token: unknown },
): Page<Item> {
  const size = Number(limit);
  if (!(size >= 1 && size <= MAX_PAGE_SIZE))
    throw new AwsError(
      'InvalidParameterException',
      `${limitName} is from 1 to ${MAX_PAGE_SIZE}, not ${limit}`,
    );
  const after = token === undefined ? undefined : positionIn(String(token));
  const rest = items
    .map((item) => ({ item, key: keyOf(item) }))
    .filter(({ key }) => after === undefined || key > after)
    .sort((a, b) => (a.key < b.key ? -1 : 1));
  const page = rest.slice(0, size);
  const last = page.at(-1);
  return {
    items: page.map(({ item }) => item),
    ...(last && rest.length > size && { nextToken: tokenFor(last.key) }),
  };
}

const MARK = 'after ';

function tokenFor(key: string): string {
  return Buffer.from(MARK + key).toString('base64');
}

function positionIn(token: string): string {
  const text = Buffer.from(token, 'base64').toString();
  if (text.startsWith(MARK)) return text.slice(MARK.length);
  throw new AwsError('InvalidParameterException', 'Invalid pagination token.');
}

import { AwsError, type Input } from '../aws/api';

/** An attribute value, by the letter of its type. */
interface AttributeValue {
  readonly M?: Attributes;
  readonly L?: readonly AttributeValue[];
}

type Attributes = Readonly<Record<string, AttributeValue>>;

interface WriteRequest {
  readonly PutRequest?: { readonly Item?: Attributes };
}

/** @see https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Constraints.html */
const MAX_LEVELS = 32;

/**
 * Checks how deep the values of an input are nested. The emulator of DynamoDB takes any depth.
 *
 * @throws AwsError ValidationException for more than 32 maps and lists inside one another.
 */
export function assertNesting(input: Input): void {
  const { Item, ExpressionAttributeValues, RequestItems, UpdateExpression } = input;
  const requests = Object.values((RequestItems ?? {}) as Record<string, readonly WriteRequest[]>);
  const batch = requests
    .filter(Array.isArray)
    .flatMap((items) => items.map(({ PutRequest }) => PutRequest?.Item));
  const given = [Item, ExpressionAttributeValues, ...batch] as (Attributes | undefined)[];
  const isWithinAll = given.every((attributes) =>
    Object.values(attributes ?? {}).every((value) => isWithin(MAX_LEVELS, value)),
  );
  const values = (ExpressionAttributeValues ?? {}) as Attributes;
  if (isWithinAll && assignmentsIn(UpdateExpression).every((one) => isAssignmentWithin(one, values))) return;
  throw new AwsError(
    'ValidationException',
    'Nesting Levels have exceeded supported limits: Attributes in the item have nested levels beyond supported limit',
  );
}

/** A path that an update sets, and the names of the values in the expression for it. */
interface Assignment {
  readonly path: string;
  readonly valueNames: readonly string[];
}

/** Of `SET a.#b[0] = :c, d = if_not_exists(d, :e)`, both. */
function assignmentsIn(updateExpression: unknown): Assignment[] {
  const parts = String(updateExpression ?? '').split('=');
  return parts.slice(1).map((expression, index) => {
    const [path = ''] = /[\w.#[\]]+\s*$/.exec(parts[index] ?? '') ?? [];
    return { path, valueNames: expression.match(/:\w+/g) ?? [] };
  });
}

/** A path with a point or an index is inside as many maps and lists. */
function isAssignmentWithin({ path, valueNames }: Assignment, values: Attributes): boolean {
  const left = MAX_LEVELS - (path.match(/[.[]/g) ?? []).length;
  return left >= 0 && valueNames.every((name) => isWithin(left, values[name] ?? {}));
}

function isWithin(levels: number, { M, L }: AttributeValue): boolean {
  const members = L ?? (M && Object.values(M));
  if (!members) return true;
  return levels > 0 && members.every((member) => isWithin(levels - 1, member));
}

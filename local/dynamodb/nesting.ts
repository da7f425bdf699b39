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
export function assertNesting({ Item, ExpressionAttributeValues, RequestItems }: Input): void {
  const requests = Object.values((RequestItems ?? {}) as Record<string, readonly WriteRequest[]>);
  const batch = requests
    .filter(Array.isArray)
    .flatMap((items) => items.map(({ PutRequest }) => PutRequest?.Item));
  const given = [Item, ExpressionAttributeValues, ...batch] as (Attributes | undefined)[];
  if (
    given.every((attributes) => Object.values(attributes ?? {}).every((value) => isWithin(MAX_LEVELS, value)))
  )
    return;
  throw new AwsError(
    'ValidationException',
    'Nesting Levels have exceeded supported limits: Attributes in the item have nested levels beyond supported limit',
  );
}

function isWithin(levels: number, { M, L }: AttributeValue): boolean {
  const members = L ?? (M && Object.values(M));
  if (!members) return true;
  return levels > 0 && members.every((member) => isWithin(levels - 1, member));
}

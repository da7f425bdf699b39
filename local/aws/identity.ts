import { createHash } from 'node:crypto';
import { arn } from './environment';
import type { Naming } from './resource-type';
import type { ResourceIdentity } from './template';

const DIGITS = '0123456789abcdefghijklmnopqrstuvwxyz';

/** An id of digits and lower-case letters. The same name gets the same id, so old commands still work. */
export function idOf(name: string, length: number): string {
  const bytes = createHash('sha256').update(name).digest();
  return Array.from({ length }, (_, i) => DIGITS[(bytes[i % bytes.length] ?? 0) % DIGITS.length]).join('');
}

/** In characters. */
const SUFFIX = 8;

/**
 * The name of a resource that its template does not name: `<stack>-<logical id>`.
 *
 * If that is too long, both parts lose their ends, the longer one first, and a suffix sets the name apart, as
 * CloudFormation does. CloudFormation always adds a suffix, and makes it at random. Here a name stays the same.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-properties-name.html
 */
export function generatedName(stackName: string, logicalId: string, maxLength: number): string {
  const name = `${stackName}-${logicalId}`;
  if (name.length <= maxLength) return name;
  const room = maxLength - SUFFIX - 2;
  const ofStack = Math.max(room - logicalId.length, Math.min(stackName.length, Math.floor(room / 2)));
  const parts = [stackName.slice(0, ofStack), logicalId.slice(0, room - ofStack)];
  return [...parts.map((part) => part.replace(/-+$/, '')), idOf(name, SUFFIX).toUpperCase()].join('-');
}

/** What the id of a resource is made of. Two environments may have the same name. */
export function seedOf({ name, environment }: Pick<Naming, 'name' | 'environment'>): string {
  return `${environment.account}/${environment.region}/${name}`;
}

/** Identifies a type whose `Ref` is its name, and whose ARN ends with the resource type and the name. */
export function named(service: string, resourceType: string) {
  return ({ name, environment }: Naming): ResourceIdentity => {
    return { ref: name, attributes: { Arn: arn(service, `${resourceType}${name}`, environment) } };
  };
}

/** Identifies a type whose `Ref` is its ARN. */
export function byArn(service: string, resourceType: string, attribute: string) {
  return ({ name, environment }: Naming): ResourceIdentity => {
    const resourceArn = arn(service, `${resourceType}${name}`, environment);
    return { ref: resourceArn, attributes: { Arn: resourceArn, [attribute]: resourceArn } };
  };
}

/** Identifies a type that shows other resources only its name. */
export function nameOnly({ name }: Naming): ResourceIdentity {
  return { ref: name, attributes: {} };
}

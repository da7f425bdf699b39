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

/** The name if it is short enough, or else a hash of all of it and its end, which tells most. */
export function shortened(name: string, maxLength: number): string {
  return name.length <= maxLength ? name : `${idOf(name, 8)}-${name.slice(9 - maxLength)}`;
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

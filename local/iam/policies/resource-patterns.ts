import { isVariable } from './condition-keys';
import { type Matcher, parseArnPattern } from './patterns';

/** Services whose ARNs have a resource type before the name: `table/users`, `function:put`. */
const SERVICES_WITH_TYPES = [
  'cognito-identity',
  'cognito-idp',
  'dynamodb',
  'events',
  'iam',
  'kms',
  'lambda',
  'logs',
  'scheduler',
  'states',
];

const WILDCARD = /[*?]/;

/**
 * Reads a value of `Resource` or `NotResource`.
 *
 * @throws Error for a wildcard where IAM takes none: in the service, or in the resource type.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html
 */
export function parseResource(text: string): Matcher {
  if (text === '*') return () => true;
  const matches = parseArnPattern(text, isVariable);
  const [, , service = '', , , ...rest] = text.split(':');
  if (WILDCARD.test(service)) throw new Error(`"${text}": IAM takes no wildcard in the service of an ARN`);
  const resource = rest.join(':');
  const [type = ''] = resource.split(/[:/]/);
  if (SERVICES_WITH_TYPES.includes(service) && resource !== '*' && WILDCARD.test(type))
    throw new Error(`"${text}": IAM takes no wildcard in the resource type of an ARN`);
  return matches;
}

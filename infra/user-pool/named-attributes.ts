import { Annotations } from 'aws-cdk-lib';
import type { CfnUserPool } from 'aws-cdk-lib/aws-cognito';
import type { Construct } from 'constructs';
import { isStandardAttribute } from '../../functions/onboarding/cognito-attributes';

interface SchemaAttribute {
  readonly name?: string;
  readonly mutable?: boolean;
  readonly developerOnlyAttribute?: boolean;
}

/** Cognito attributes that an onboarding names. */
export interface NamedUserAttributes {
  readonly all: readonly string[];
  /** Those that the record's key is made of. */
  readonly inKey: readonly string[];
}

/**
 * Makes synthesis fail if a user pool of the same stack does not have a custom attribute, and warns of a key
 * that is made of an attribute which can change.
 *
 * @param userPool `undefined` for a pool of which only the id is known.
 */
export function checkNamedAttributes(
  scope: Construct,
  userPool: CfnUserPool | undefined,
  { all, inKey }: NamedUserAttributes,
): void {
  scope.node.addValidation({
    validate: () => {
      const schema = userPool && schemaOf(userPool);
      for (const name of inKey) if (schema?.get(name)?.mutable !== false) warnOfKey(scope, name);
      if (!schema) return [];
      const isCustom = (name: string) => name.includes('custom:');
      const missing = all.filter((name) => isCustom(name) && !schema.has(name));
      return missing.map((name) => {
        const known = [...schema.keys()].filter(isCustom).join(', ') || 'none';
        return `the user pool ${userPool.node.path} has no attribute ${name}; its custom attributes: ${known}`;
      });
    },
  });
}

/** The attributes that a user pool describes, by the names that its users have them under. */
function schemaOf(userPool: CfnUserPool): Map<string, SchemaAttribute> {
  const schema: readonly SchemaAttribute[] = userPool.stack.resolve(userPool.schema) ?? [];
  return new Map(schema.map((attribute) => [fullNameOf(attribute), attribute]));
}

/** Cognito adds a prefix to the names of the schema, but not to those of standard attributes. */
function fullNameOf({ name = '', developerOnlyAttribute }: SchemaAttribute): string {
  if (developerOnlyAttribute) return `dev:custom:${name}`;
  return isStandardAttribute(name) ? name : `custom:${name}`;
}

function warnOfKey(scope: Construct, name: string): void {
  Annotations.of(scope).addWarningV2(
    `confirmed-user-onboarding:key:${name}`,
    `record.key holds <${name}>, which is not known to be immutable: a user whose attribute changes gets a ` +
      'second record at the next reconciliation. Use an attribute that never changes, or <sub> alone',
  );
}

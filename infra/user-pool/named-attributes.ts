import { Annotations } from 'aws-cdk-lib';
import type { CfnUserPool } from 'aws-cdk-lib/aws-cognito';
import type { Construct } from 'constructs';

interface SchemaAttribute {
  readonly name?: string;
  readonly attributeDataType?: string;
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
      const schema = userPool && customAttributesOf(userPool);
      for (const name of inKey) if (schema?.get(name)?.mutable !== false) warnOfKey(scope, name);
      const missing = all.filter((name) => name.includes('custom:') && schema && !schema.has(name));
      return missing.map((name) => {
        const known = [...(schema?.keys() ?? [])].join(', ') || 'none';
        return `the user pool ${userPool?.node.path} has no attribute ${name}; its custom attributes: ${known}`;
      });
    },
  });
}

function customAttributesOf(userPool: CfnUserPool): Map<string, SchemaAttribute> {
  const schema: readonly SchemaAttribute[] = userPool.stack.resolve(userPool.schema) ?? [];
  // The entry of a standard attribute needs no type.
  const custom = schema.filter(({ attributeDataType }) => attributeDataType !== undefined);
  return new Map(custom.map((attribute) => [`${prefixOf(attribute)}${attribute.name}`, attribute]));
}

/** Cognito adds it to the names of the schema. */
function prefixOf({ developerOnlyAttribute }: SchemaAttribute): string {
  return developerOnlyAttribute ? 'dev:custom:' : 'custom:';
}

function warnOfKey(scope: Construct, name: string): void {
  Annotations.of(scope).addWarningV2(
    `confirmed-user-onboarding:key:${name}`,
    `record.key holds <${name}>, which is not known to be immutable: a user whose attribute changes gets a ` +
      'second record at the next reconciliation. Use an attribute that never changes, or <sub> alone',
  );
}

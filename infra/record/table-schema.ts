import { CfnResource } from 'aws-cdk-lib';
import { CfnGlobalTable, CfnTable, type ITable } from 'aws-cdk-lib/aws-dynamodb';

/** An attribute of the key of a table, or of one of its indexes. */
export interface KeyAttribute {
  readonly name: string;
  /** DynamoDB's `S`, `N` or `B`. */
  readonly type: string;
  readonly isPartitionKey: boolean;
}

/** The keys of a table and of its indexes, global and local. */
export interface TableSchema {
  /** The partition key first. */
  readonly key: readonly KeyAttribute[];
  readonly indexes: readonly { readonly name: string; readonly key: readonly KeyAttribute[] }[];
}

interface AttributeDefinition {
  readonly attributeName: string;
  readonly attributeType: string;
}

interface Index {
  readonly indexName: string;
  readonly keySchema: readonly { readonly attributeName: string; readonly keyType: string }[];
}

/**
 * Reads the schema of a table of this app, a `Table` or a `TableV2`, as it is so far: indexes can be added to
 * it until synthesis.
 *
 * @returns `undefined` for a table that only its name or ARN is known of.
 */
export function tableSchemaOf(table: ITable): TableSchema | undefined {
  const resource = table.node.defaultChild;
  if (!isTableResource(resource)) return undefined;
  const { stack, attributeDefinitions, keySchema, globalSecondaryIndexes, localSecondaryIndexes } = resource;
  const definitions = listOf<AttributeDefinition>(stack.resolve(attributeDefinitions));
  const types = new Map(
    definitions.map(({ attributeName, attributeType }) => [attributeName, attributeType]),
  );
  const keyOf = (schema: Index['keySchema']): KeyAttribute[] =>
    schema.map(({ attributeName: name, keyType }) => ({
      name,
      type: types.get(name) ?? 'S',
      isPartitionKey: keyType === 'HASH',
    }));
  const indexes = [globalSecondaryIndexes, localSecondaryIndexes].flatMap((all) => {
    return listOf<Index>(stack.resolve(all));
  });
  return {
    key: keyOf(listOf(stack.resolve(keySchema))),
    indexes: indexes.map((index) => ({ name: index.indexName, key: keyOf(index.keySchema) })),
  };
}

function isTableResource(resource: unknown): resource is CfnTable | CfnGlobalTable {
  return (
    CfnResource.isCfnResource(resource) &&
    [CfnTable.CFN_RESOURCE_TYPE_NAME, CfnGlobalTable.CFN_RESOURCE_TYPE_NAME].includes(
      resource.cfnResourceType,
    )
  );
}

/** What the CDK resolves has no type. */
function listOf<T>(resolved: unknown): T[] {
  return (resolved ?? []) as T[];
}

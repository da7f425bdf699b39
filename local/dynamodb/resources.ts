import { named } from '../aws/identity';
import type { Resource, ResourceType, ResourceTypes } from '../aws/resource-type';
import type { DynamoDb, TableProperties } from './dynamodb';
import { GLOBAL_TABLE, TABLE } from './properties';

interface DynamoDbServices {
  readonly dynamodb: DynamoDb;
}

/** The name of a table's stream: the time at which it was switched on. */
const STREAM = '2026-01-01T00:00:00.000';

const TABLE_TYPE: ResourceType<DynamoDbServices> = {
  nameProperty: 'TableName',
  maxNameLength: 255,
  identify: (naming) => {
    const { ref, attributes } = named('dynamodb', 'table/')(naming);
    const hasStream = naming.property('StreamSpecification') !== undefined;
    return {
      ref,
      attributes: { ...attributes, ...(hasStream && { StreamArn: `${attributes.Arn}/stream/${STREAM}` }) },
    };
  },
  create: ({ dynamodb }, { ref, properties, environment }: Resource<TableProperties>) =>
    dynamodb.createTable(ref, properties, environment),
  delete: ({ dynamodb }, { ref }) => dynamodb.deleteTable(ref),
};

/** The types of DynamoDB. */
export const DYNAMODB_RESOURCES: ResourceTypes<DynamoDbServices> = {
  'AWS::DynamoDB::Table': { ...TABLE_TYPE, properties: TABLE },
  'AWS::DynamoDB::GlobalTable': { ...TABLE_TYPE, properties: GLOBAL_TABLE },
};

import { named } from '../aws/identity';
import type { Resource, ResourceType, ResourceTypes } from '../aws/resource-type';
import type { DynamoDb, TableProperties } from './dynamodb';

interface DynamoDbServices {
  readonly dynamodb: DynamoDb;
}

const TABLE: ResourceType<DynamoDbServices> = {
  nameProperty: 'TableName',
  identify: named('dynamodb', 'table/'),
  create: ({ dynamodb }, { ref, properties }: Resource<TableProperties>) =>
    dynamodb.createTable(ref, properties),
  delete: ({ dynamodb }, { ref }) => dynamodb.deleteTable(ref),
};

/** The types of DynamoDB. */
export const DYNAMODB_RESOURCES: ResourceTypes<DynamoDbServices> = {
  'AWS::DynamoDB::Table': TABLE,
  'AWS::DynamoDB::GlobalTable': TABLE,
};

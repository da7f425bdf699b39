import { randomUUID } from 'node:crypto';
import {
  ConditionalCheckFailedException,
  DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
} from '@aws-sdk/client-dynamodb';
import { awsClientConfig } from '../../../functions/aws-client/config';
import { requiredEnvironmentVariable } from '../../../functions/onboarding/environment';

interface StepInput {
  readonly confirmedUser: { readonly sub: string; readonly attributes: Readonly<Record<string, unknown>> };
}

const dynamodb = new DynamoDBClient({ ...awsClientConfig(2_000), endpointDiscoveryEnabled: false });

/**
 * An application's own step, as its documentation asks for one: it is idempotent. The tenant of the first run
 * stays, and its id is the answer of every run.
 *
 * @throws DynamoDB's own errors.
 */
export async function handler({ confirmedUser }: StepInput): Promise<{ tenantId: string }> {
  const { sub, attributes } = confirmedUser;
  const tenantId = randomUUID();
  const Item = { owner: { S: sub }, tenantId: { S: tenantId }, email: { S: String(attributes.email) } };
  const TableName = requiredEnvironmentVariable('TENANTS');
  try {
    const ConditionExpression = 'attribute_not_exists(owner)';
    await dynamodb.send(new PutItemCommand({ TableName, Item, ConditionExpression }));
    return { tenantId };
  } catch (error) {
    if (!(error instanceof ConditionalCheckFailedException)) throw error;
    return { tenantId: await tenantOf(sub, TableName) };
  }
}

async function tenantOf(sub: string, TableName: string): Promise<string> {
  const Key = { owner: { S: sub } };
  const { Item } = await dynamodb.send(new GetItemCommand({ TableName, Key, ConsistentRead: true }));
  return Item?.tenantId?.S as string;
}

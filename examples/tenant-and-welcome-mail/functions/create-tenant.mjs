import { randomUUID } from 'node:crypto';
import { DynamoDB } from '@aws-sdk/client-dynamodb';

// It may run again for the same user. Then the tenant of the first run stays, and its id is the answer.
export async function handler({ confirmedUser: { sub, attributes } }) {
  const { Attributes } = await new DynamoDB().updateItem({
    TableName: process.env.TENANTS,
    Key: { owner: { S: sub } },
    UpdateExpression: 'SET tenantId = if_not_exists(tenantId, :id), email = :email',
    ExpressionAttributeValues: { ':id': { S: randomUUID() }, ':email': { S: attributes.email } },
    ReturnValues: 'ALL_NEW',
  });
  return { tenantId: Attributes.tenantId.S };
}

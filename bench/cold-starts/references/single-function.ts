import {
  AdminAddUserToGroupCommand,
  CognitoIdentityProviderClient,
} from '@aws-sdk/client-cognito-identity-provider';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, PutCommand } from '@aws-sdk/lib-dynamodb';
import type { PostConfirmationTriggerEvent } from 'aws-lambda';

const cognito = new CognitoIdentityProviderClient();
const dynamodb = DynamoDBDocumentClient.from(new DynamoDBClient());

/** The simplest version: the trigger makes both calls, without a retry, a queue, or an answer in time. */
export async function handler(event: PostConfirmationTriggerEvent): Promise<PostConfirmationTriggerEvent> {
  const { userPoolId, userName, request } = event;
  await cognito.send(
    new AdminAddUserToGroupCommand({
      UserPoolId: userPoolId,
      Username: userName,
      GroupName: process.env.GROUP_NAME,
    }),
  );
  const key = `USER#${request.userAttributes.sub}`;
  await dynamodb.send(
    new PutCommand({
      TableName: process.env.TABLE_NAME,
      Item: { PK: key, SK: key, username: userName, date_created: new Date().toISOString() },
    }),
  );
  return event;
}

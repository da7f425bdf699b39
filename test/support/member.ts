import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { fromCognitoIdentityPool } from '@aws-sdk/credential-providers';
import {
  DynamoDBDocumentClient,
  GetCommand,
  PutCommand,
  QueryCommand,
  ScanCommand,
} from '@aws-sdk/lib-dynamodb';
import type { TestCloud, TestUser } from './test-cloud';

/** A signed-in user who reads the table with the credentials of an identity pool. */
export class Member {
  private constructor(
    private readonly dynamodb: DynamoDBDocumentClient,
    private readonly TableName: string,
  ) {}

  static async signIn(cloud: TestCloud, user: TestUser): Promise<Member> {
    const credentials = await credentialsOf(cloud, user);
    const client = new DynamoDBClient({ ...configOf(cloud), credentials });
    return new Member(DynamoDBDocumentClient.from(client), cloud.output('TableName'));
  }

  async get(user: TestUser, Key: Record<string, string> = keyOf(user)) {
    const { Item } = await this.dynamodb.send(new GetCommand({ TableName: this.TableName, Key }));
    return Item;
  }

  async query(user: TestUser) {
    const { Items } = await this.dynamodb.send(
      new QueryCommand({
        TableName: this.TableName,
        KeyConditionExpression: '#pk = :pk AND begins_with(SK, :prefix)',
        ExpressionAttributeNames: { '#pk': 'PK' },
        ExpressionAttributeValues: { ':pk': keyOf(user).PK, ':prefix': 'USER#' },
      }),
    );
    return Items;
  }

  async scan() {
    return this.dynamodb.send(new ScanCommand({ TableName: this.TableName }));
  }

  async put(user: TestUser) {
    return this.dynamodb.send(new PutCommand({ TableName: this.TableName, Item: keyOf(user) }));
  }
}

/** The credentials that a signed-in user gets from the identity pool. */
export async function credentialsOf(cloud: TestCloud, user: TestUser) {
  const token = await cloud.idTokenOf(user);
  const { accessKeyId, secretAccessKey, sessionToken } = await fromCognitoIdentityPool({
    identityPoolId: cloud.output('IdentityPoolId'),
    logins: { [`cognito-idp.us-east-1.amazonaws.com/${cloud.output('UserPoolId')}`]: token },
    clientConfig: configOf(cloud),
  })();
  return { accessKeyId, secretAccessKey, sessionToken };
}

function configOf({ endpoint }: TestCloud) {
  return { endpoint, region: 'us-east-1', maxAttempts: 1 };
}

function keyOf({ sub }: TestUser) {
  return { PK: `USER#${sub}`, SK: `USER#${sub}` };
}

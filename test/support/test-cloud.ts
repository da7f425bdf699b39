import { randomUUID } from 'node:crypto';
import {
  AdminListGroupsForUserCommand,
  CognitoIdentityProviderClient,
  ConfirmSignUpCommand,
  InitiateAuthCommand,
  SignUpCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { LambdaClient } from '@aws-sdk/client-lambda';
import { SFNClient } from '@aws-sdk/client-sfn';
import { SQSClient } from '@aws-sdk/client-sqs';
import { DynamoDBDocumentClient, GetCommand } from '@aws-sdk/lib-dynamodb';
import { CloudAssembly } from '../../local/cloud-assembly';
import type { HistoryEvent } from '../../local/execution-history';
import { LocalCloud } from '../../local/local-cloud';

const PASSWORD = 'Correct-Horse-7-Battery';

export interface TestUser {
  readonly email: string;
  readonly sub: string;
}

/** The stack on a local cloud, with the clients that a user of AWS has. */
export class TestCloud {
  readonly cognito: CognitoIdentityProviderClient;
  readonly dynamodb: DynamoDBDocumentClient;
  readonly lambda: LambdaClient;
  readonly sfn: SFNClient;
  readonly sqs: SQSClient;

  private constructor(private readonly cloud: LocalCloud) {
    const config = { endpoint: cloud.endpoint, region: 'us-east-1', maxAttempts: 1 };
    this.cognito = new CognitoIdentityProviderClient(config);
    this.dynamodb = DynamoDBDocumentClient.from(new DynamoDBClient(config));
    this.lambda = new LambdaClient(config);
    // The SDK puts `sync-` before the host, which has to stay a name of this machine.
    this.sfn = new SFNClient({ ...config, disableHostPrefix: true });
    this.sqs = new SQSClient(config);
  }

  static async start(): Promise<TestCloud> {
    const assembly = new CloudAssembly(process.env.TEST_CLOUD_ASSEMBLY as string);
    return new TestCloud(await LocalCloud.start({ assembly, port: 0 }));
  }

  async close(): Promise<void> {
    for (const client of [this.cognito, this.dynamodb, this.lambda, this.sfn, this.sqs]) client.destroy();
    await this.cloud.close();
  }

  get endpoint(): string {
    return this.cloud.endpoint;
  }

  output(name: string): string {
    const value = this.cloud.outputs[name];
    if (value === undefined) throw new Error(`the stack has no output ${name}`);
    return value;
  }

  async signUp(attributes: Record<string, string> = {}): Promise<TestUser> {
    const email = `${randomUUID()}@example.com`;
    const UserAttributes = Object.entries(attributes).map(([Name, Value]) => ({ Name, Value }));
    const { UserSub = '' } = await this.cognito.send(
      new SignUpCommand({
        ClientId: this.output('UserPoolClientId'),
        Username: email,
        Password: PASSWORD,
        UserAttributes,
      }),
    );
    return { email, sub: UserSub };
  }

  async confirm({ email }: TestUser): Promise<void> {
    await this.cognito.send(
      new ConfirmSignUpCommand({
        ClientId: this.output('UserPoolClientId'),
        Username: email,
        ConfirmationCode: await this.codeFor(email),
      }),
    );
  }

  async signUpAndConfirm(attributes?: Record<string, string>): Promise<TestUser> {
    const user = await this.signUp(attributes);
    await this.confirm(user);
    return user;
  }

  async codeFor(email: string): Promise<string> {
    const [message] = await this.get<{ code: string }[]>(`/_local/messages?to=${encodeURIComponent(email)}`);
    if (!message) throw new Error(`nothing was sent to ${email}`);
    return message.code;
  }

  async groupsOf({ email }: TestUser): Promise<string[]> {
    const { Groups = [] } = await this.cognito.send(
      new AdminListGroupsForUserCommand({ UserPoolId: this.output('UserPoolId'), Username: email }),
    );
    return Groups.map(({ GroupName = '' }) => GroupName);
  }

  async recordOf({ sub }: TestUser): Promise<Record<string, unknown> | undefined> {
    const key = `USER#${sub}`;
    const { Item } = await this.dynamodb.send(
      new GetCommand({ TableName: this.output('TableName'), Key: { PK: key, SK: key } }),
    );
    return Item;
  }

  async idTokenClaimsOf({ email }: TestUser, password = PASSWORD): Promise<Record<string, unknown>> {
    const { AuthenticationResult } = await this.cognito.send(
      new InitiateAuthCommand({
        ClientId: this.output('UserPoolClientId'),
        AuthFlow: 'USER_PASSWORD_AUTH',
        AuthParameters: { USERNAME: email, PASSWORD: password },
      }),
    );
    const [, claims = ''] = (AuthenticationResult?.IdToken ?? '').split('.');
    return JSON.parse(Buffer.from(claims, 'base64url').toString());
  }

  /** The users in a queue, those being retried included. */
  async usersIn(output: 'RetryQueueUrl' | 'DeadLetterQueueUrl'): Promise<unknown[]> {
    const name = this.output(output).split('/').pop();
    const messages = await this.get<{ body: string }[]>(`/_local/queues/${name}`);
    return messages.map(({ body }) => JSON.parse(body));
  }

  /** The executions of a user, newest first. */
  async executionsOf({ sub }: TestUser): Promise<ExecutionDetails[]> {
    const executions = await this.get<{ name: string }[]>('/_local/executions');
    const names = executions.map(({ name }) => name).filter((name) => name.startsWith(sub));
    return Promise.all(names.map((name) => this.get<ExecutionDetails>(`/_local/executions/${name}`)));
  }

  async get<T>(path: string): Promise<T> {
    const response = await fetch(this.endpoint + path);
    return (await response.json()) as T;
  }
}

export interface ExecutionDetails {
  readonly name: string;
  readonly status: string;
  readonly error?: string;
  readonly cause?: string;
  readonly events: HistoryEvent[];
}

import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import {
  AdminListGroupsForUserCommand,
  CognitoIdentityProviderClient,
  ConfirmSignUpCommand,
  InitiateAuthCommand,
  SignUpCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { LambdaClient } from '@aws-sdk/client-lambda';
import { DescribeExecutionCommand, SFNClient, StartExecutionCommand } from '@aws-sdk/client-sfn';
import { SQSClient } from '@aws-sdk/client-sqs';
import { DynamoDBDocumentClient, GetCommand } from '@aws-sdk/lib-dynamodb';
import type { Template } from '../../local/aws/template';
import { claimsOf } from '../../local/aws/token-claims';
import { CloudAssembly } from '../../local/cloudformation/cloud-assembly';
import type { StackArtifact } from '../../local/cloudformation/stack-artifact';
import type { Fault } from '../../local/gateway/faults';
import type { Iam } from '../../local/iam/iam';
import { LocalCloud } from '../../local/local-cloud';
import type { Execution } from '../../local/step-functions/execution';
import type { HistoryEvent } from '../../local/step-functions/execution-history';
import { PATIENCE, withPatience } from './patience';

const PASSWORD = 'Correct-Horse-7-Battery';

export interface TestUser {
  readonly email: string;
  readonly sub: string;
}

interface TestCloudOptions {
  readonly queueTimeScale?: number;
  /** Replaces the value of the template, which takes hours. */
  readonly maxReceiveCount?: number;
  /** Replaces the template's pace of retries and reconciliations, which takes minutes. */
  readonly millisecondsPerUser?: number;
  /**
   * Whether no time limit passes on a busy machine.
   *
   * @default true
   */
  readonly patient?: boolean;
}

interface ReconciliationInput {
  readonly dryRun?: boolean;
  readonly all?: boolean;
}

/** The stack on a local cloud, with the clients of an AWS user. */
export class TestCloud {
  readonly cognito: CognitoIdentityProviderClient;
  readonly dynamodb: DynamoDBDocumentClient;
  readonly lambda: LambdaClient;
  readonly sfn: SFNClient;
  readonly sqs: SQSClient;

  private constructor(
    private readonly cloud: LocalCloud,
    private assembly?: CloudAssembly,
  ) {
    const config = {
      endpoint: cloud.endpoint,
      region: 'us-east-1',
      credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
      maxAttempts: 1,
      requestHandler: { httpAgent: { maxSockets: 500 } },
    };
    this.cognito = new CognitoIdentityProviderClient(config);
    this.dynamodb = DynamoDBDocumentClient.from(new DynamoDBClient(config));
    this.lambda = new LambdaClient(config);
    // The SDK would put `sync-` before the host, but the host must stay a name of this machine.
    this.sfn = new SFNClient({ ...config, disableHostPrefix: true });
    this.sqs = new SQSClient(config);
  }

  static async start(options: TestCloudOptions = {}): Promise<TestCloud> {
    const { queueTimeScale, maxReceiveCount, millisecondsPerUser, patient = true } = options;
    const assembly = new CloudAssembly(process.env.TEST_CLOUD_ASSEMBLY as string);
    const resources = assembly.stacks.flatMap(({ template }) => Object.values(template.Resources));
    for (const { Properties = {} } of resources) {
      if (maxReceiveCount && Properties.RedrivePolicy)
        Object.assign(Properties.RedrivePolicy, { maxReceiveCount });
      const { Variables = {} } = (Properties.Environment ?? {}) as { Variables?: Record<string, unknown> };
      if (millisecondsPerUser && 'MILLISECONDS_PER_USER' in Variables)
        Variables.MILLISECONDS_PER_USER = String(millisecondsPerUser);
    }
    const cloud = await LocalCloud.start({
      assembly: patient ? withPatience(assembly) : assembly,
      port: 0,
      queueTimeScale,
      triggerTimeLimit: patient ? PATIENCE : undefined,
    });
    return new TestCloud(cloud, assembly);
  }

  /** A local cloud without a stack. */
  static async startEmpty(queueTimeScale?: number): Promise<TestCloud> {
    return new TestCloud(await LocalCloud.start({ port: 0, queueTimeScale, triggerTimeLimit: PATIENCE }));
  }

  /** @param patient false for the time limits of the template, for a test that needs them to pass. */
  async deploy(assembly: CloudAssembly, { patient = true } = {}): Promise<void> {
    await this.cloud.deploy(patient ? withPatience(assembly) : assembly);
    this.assembly = assembly;
  }

  async destroy(): Promise<void> {
    await this.cloud.destroy();
  }

  async close(): Promise<void> {
    for (const client of [this.cognito, this.dynamodb, this.lambda, this.sfn, this.sqs]) client.destroy();
    await this.cloud.close();
  }

  get endpoint(): string {
    return this.cloud.endpoint;
  }

  /** The template that runs. */
  get template(): Template {
    return this.stack.template;
  }

  get stackName(): string {
    return this.stack.stackName;
  }

  /** What the app holds, but the local cloud does not play. */
  get notes(): readonly string[] {
    return this.cloud.notes;
  }

  /** The first stack of the app. */
  private get stack(): StackArtifact {
    const [stack] = this.assembly?.stacks ?? [];
    if (!stack) throw new Error('no stack is deployed');
    return stack;
  }

  get iam(): Iam {
    return this.cloud.iam;
  }

  /** Continues with the roles, policies and permissions of another template. */
  updateAccess(template: Template): void {
    this.cloud.updateAccess(template);
  }

  /** Every execution so far, oldest first. */
  get executions(): readonly Execution[] {
    return this.cloud.executions;
  }

  /** Starts `count` execution environments of each function, as provisioned concurrency does on AWS. */
  async provisionConcurrency(count: number): Promise<void> {
    for (const name of this.cloud.functionNames) await this.cloud.provisionConcurrency(name, count);
  }

  /** The outputs of the app's stacks. */
  get outputs(): Record<string, string> {
    return this.cloud.outputs;
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

  async confirm(user: TestUser): Promise<void> {
    await this.confirmWith(user, await this.codeFor(user.email));
  }

  async confirmWith({ email }: TestUser, ConfirmationCode: string): Promise<void> {
    const ClientId = this.output('UserPoolClientId');
    await this.cognito.send(new ConfirmSignUpCommand({ ClientId, Username: email, ConfirmationCode }));
  }

  async signUpAndConfirm(attributes?: Record<string, string>): Promise<TestUser> {
    const user = await this.signUp(attributes);
    await this.confirm(user);
    return user;
  }

  /** A user who has not signed up yet. */
  newUser(): TestUser {
    return { email: `${randomUUID()}@example.com`, sub: randomUUID() };
  }

  /** Signs a user in through an identity provider for the first time. */
  async signInFederated(
    { email, sub }: TestUser,
    attributes: Record<string, string> = {},
    provider = 'Google',
  ): Promise<void> {
    const response = await fetch(`${this.endpoint}/_local/federated-sign-in`, {
      method: 'POST',
      body: JSON.stringify({
        userPoolId: this.output('UserPoolId'),
        provider,
        attributes: { ...attributes, email, sub },
      }),
    });
    if (!response.ok) throw new Error(await response.text());
  }

  async codeFor(email: string): Promise<string> {
    const [message] = await this.get<{ code: string }[]>(`/_local/messages?to=${encodeURIComponent(email)}`);
    if (!message) throw new Error(`nothing was sent to ${email}`);
    return message.code;
  }

  /** Every code that was sent, by address. */
  async codes(): Promise<Map<string, string>> {
    const messages = await this.get<{ to: string; code: string }[]>('/_local/messages');
    return new Map(messages.map(({ to, code }) => [to, code]));
  }

  async groupsOf({ email }: TestUser, UserPoolId = this.output('UserPoolId')): Promise<string[]> {
    const { Groups = [] } = await this.cognito.send(
      new AdminListGroupsForUserCommand({ UserPoolId, Username: email }),
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

  async idTokenClaimsOf(user: TestUser, password?: string): Promise<Record<string, unknown>> {
    return claimsOf(await this.idTokenOf(user, password));
  }

  async idTokenOf({ email }: TestUser, password = PASSWORD): Promise<string> {
    const { AuthenticationResult } = await this.cognito.send(
      new InitiateAuthCommand({
        ClientId: this.output('UserPoolClientId'),
        AuthFlow: 'USER_PASSWORD_AUTH',
        AuthParameters: { USERNAME: email, PASSWORD: password },
      }),
    );
    return AuthenticationResult?.IdToken ?? '';
  }

  /** The users in a queue, with those being retried. */
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

  async setFaults(faults: Fault[]): Promise<void> {
    const response = await fetch(`${this.endpoint}/_local/faults`, {
      method: 'PUT',
      body: JSON.stringify(faults),
    });
    if (!response.ok) throw new Error(await response.text());
  }

  /** Moves the time of the local cloud forward. */
  async advanceClock(advance: { hours: number }): Promise<void> {
    const response = await fetch(`${this.endpoint}/_local/clock`, {
      method: 'POST',
      body: JSON.stringify({ advance }),
    });
    if (!response.ok) throw new Error(await response.text());
  }

  async logs(): Promise<string[]> {
    return (await this.get<{ line: string }[]>('/_local/logs')).map(({ line }) => line);
  }

  async startReconciliation(input: ReconciliationInput = {}): Promise<string> {
    const { executionArn = '' } = await this.sfn.send(
      new StartExecutionCommand({
        stateMachineArn: this.output('ReconciliationStateMachineArn'),
        input: JSON.stringify(input),
      }),
    );
    return executionArn;
  }

  async describeExecution(executionArn: string) {
    const { status, output } = await this.sfn.send(new DescribeExecutionCommand({ executionArn }));
    return { executionArn, status, output: output === undefined ? undefined : JSON.parse(output) };
  }

  /** Runs a reconciliation to its end. */
  async reconcile(input?: ReconciliationInput) {
    const executionArn = await this.startReconciliation(input);
    await eventually(async () => (await this.describeExecution(executionArn)).status !== 'RUNNING');
    return this.describeExecution(executionArn);
  }

  async get<T>(path: string): Promise<T> {
    const response = await fetch(this.endpoint + path);
    return (await response.json()) as T;
  }
}

/** Waits until the condition holds. */
export async function eventually(
  condition: () => Promise<boolean>,
  timeLimit = PATIENCE / 10,
): Promise<void> {
  const deadline = Date.now() + timeLimit;
  while (!(await condition())) {
    if (Date.now() > deadline) throw new Error(`not true within ${timeLimit} ms: ${condition}`);
    await delay(20);
  }
}

export interface ExecutionDetails {
  readonly executionArn: string;
  readonly name: string;
  readonly status: string;
  readonly error?: string;
  readonly cause?: string;
  readonly events: HistoryEvent[];
}

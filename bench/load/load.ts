import { fork } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { join } from 'node:path';
import { TestCloud, type TestUser } from '../../test/support/test-cloud';

const PASSWORD = 'Correct-Horse-7-Battery';

const ATTRIBUTES = [
  {
    Name: 'address',
    Value: '{"address_type":"home","street_address":"1 Main Street","locality":"Springfield"}',
  },
];

/** A local cloud and its users, in separate processes. */
export class Load {
  private readonly client = fork(join(__dirname, 'load-client.mjs'), { execArgv: [] });

  /** Aborted when the client ends, because no answer comes after that. */
  private readonly clientExit = new AbortController();

  private constructor(readonly cloud: TestCloud) {
    this.client.once('exit', (code) => {
      this.clientExit.abort(new Error(`the process of the users ended with exit code ${code}`));
    });
  }

  /** @param concurrency how many environments of each function to start. */
  static async start(concurrency: number): Promise<Load> {
    const load = new Load(await TestCloud.start({ patient: false }));
    try {
      await load.cloud.provisionConcurrency(concurrency);
      return load;
    } catch (error) {
      await load.close();
      throw error;
    }
  }

  /** Signs up `count` users, and confirms them. */
  async onboard(count: number, concurrency: number): Promise<TestUser[]> {
    const users = await this.signUp(count, concurrency);
    await this.confirm(users, concurrency);
    return users;
  }

  async signUp(count: number, concurrency: number): Promise<TestUser[]> {
    const emails = Array.from({ length: count }, () => `${randomUUID()}@example.com`);
    const ClientId = this.cloud.output('UserPoolClientId');
    const { answers } = await this.callCognito<{ UserSub: string }>(
      'SignUp',
      emails.map((Username) => ({ ClientId, Username, Password: PASSWORD, UserAttributes: ATTRIBUTES })),
      concurrency,
    );
    return emails.map((email, index) => ({ email, sub: answers[index]?.UserSub ?? '' }));
  }

  /** @returns how long each confirmation took, in ms. */
  async confirm(users: readonly TestUser[], concurrency: number): Promise<number[]> {
    const codes = await this.cloud.codes();
    const ClientId = this.cloud.output('UserPoolClientId');
    const { times } = await this.callCognito(
      'ConfirmSignUp',
      users.map(({ email }) => ({ ClientId, Username: email, ConfirmationCode: codes.get(email) })),
      concurrency,
    );
    return times;
  }

  /** Removes users and their records. */
  async remove(users: readonly TestUser[], concurrency: number): Promise<void> {
    const UserPoolId = this.cloud.output('UserPoolId');
    const deletions = users.map(({ sub }) => ({ UserPoolId, Username: sub }));
    await this.callCognito('AdminDeleteUser', deletions, concurrency);
    const TableName = this.cloud.output('TableName');
    const keys = users.map(({ sub }) => ({ S: `USER#${sub}` }));
    const removals = keys.map((key) => ({ TableName, Key: { PK: key, SK: key } }));
    await this.call('DynamoDB_20120810.DeleteItem', removals, concurrency);
  }

  async close(): Promise<void> {
    if (this.client.connected) this.client.disconnect();
    await this.cloud.close();
  }

  private callCognito<Answer>(action: string, inputs: object[], concurrency: number) {
    return this.call<Answer>(`AWSCognitoIdentityProviderService.${action}`, inputs, concurrency);
  }

  private async call<Answer>(
    target: string,
    inputs: object[],
    concurrency: number,
  ): Promise<{ times: number[]; answers: Answer[] }> {
    this.client.send({ endpoint: this.cloud.endpoint, target, inputs, concurrency });
    const { signal } = this.clientExit;
    const [outcome] = await once(this.client, 'message', { signal }).catch((error) => {
      throw signal.reason ?? error;
    });
    if (outcome.error) throw new Error(outcome.error);
    return outcome;
  }
}

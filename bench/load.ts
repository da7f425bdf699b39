import { fork } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { join } from 'node:path';
import { TestCloud } from '../test/support/test-cloud';

const PASSWORD = 'Correct-Horse-7-Battery';

const ATTRIBUTES = [
  {
    Name: 'address',
    Value: '{"address_type":"home","street_address":"1 Main Street","locality":"Springfield"}',
  },
];

/** A local cloud and the users who come to it, each in processes of their own. */
export class Load {
  private readonly client = fork(join(__dirname, 'load-client.mjs'), { execArgv: [] });

  /** Fails when the client ends, after which no answer comes any more. */
  private readonly clientExit = once(this.client, 'exit').then(([code]): never => {
    throw new Error(`the process of the users ended with exit code ${code}`);
  });

  private constructor(readonly cloud: TestCloud) {
    this.clientExit.catch(() => {});
  }

  /** @param concurrency how many environments of each function to start. */
  static async start(concurrency: number): Promise<Load> {
    const load = new Load(await TestCloud.start());
    try {
      await load.cloud.provisionConcurrency(concurrency);
      return load;
    } catch (error) {
      await load.close();
      throw error;
    }
  }

  /** Signs up so many users, and confirms them. @returns how long each confirmation took, in ms. */
  async onboard(count: number, concurrency: number): Promise<number[]> {
    return this.confirm(await this.signUp(count, concurrency), concurrency);
  }

  /** @returns their addresses. */
  async signUp(count: number, concurrency: number): Promise<string[]> {
    const emails = Array.from({ length: count }, () => `${randomUUID()}@example.com`);
    const inputs = emails.map((Username) => ({
      Username,
      Password: PASSWORD,
      UserAttributes: ATTRIBUTES,
    }));
    await this.call('SignUp', inputs, concurrency);
    return emails;
  }

  async confirm(emails: readonly string[], concurrency: number): Promise<number[]> {
    const codes = await this.cloud.codes();
    const inputs = emails.map((Username) => ({ Username, ConfirmationCode: codes.get(Username) }));
    return this.call('ConfirmSignUp', inputs, concurrency);
  }

  async close(): Promise<void> {
    if (this.client.connected) this.client.disconnect();
    await this.cloud.close();
  }

  private async call(action: string, inputs: object[], concurrency: number): Promise<number[]> {
    const ClientId = this.cloud.output('UserPoolClientId');
    const withClient = inputs.map((input) => ({ ClientId, ...input }));
    this.client.send({ endpoint: this.cloud.endpoint, action, inputs: withClient, concurrency });
    const [{ times, error }] = await Promise.race([once(this.client, 'message'), this.clientExit]);
    if (error) throw new Error(error);
    return times;
  }
}

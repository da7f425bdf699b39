import { ListUsersCommand } from '@aws-sdk/client-cognito-identity-provider';
import { ScanCommand } from '@aws-sdk/lib-dynamodb';
import type { Template } from '../../local/aws/template';
import { CloudAssembly } from '../../local/cloudformation/cloud-assembly';
import { Cleanup } from '../../local/verify/shared/cleanup';
import { type ClientConfig, createClients, destroyClients } from '../../local/verify/shared/clients';
import { parseOutputs } from '../../local/verify/shared/outputs';
import type { Verification } from '../../local/verify/shared/verification';
import { type Result, verify } from '../../local/verify/verify';
import { PATIENCE } from './patience';
import { TestCloud } from './test-cloud';

/** The credentials of the person at this machine. */
export const PERSON = { accessKeyId: 'test', secretAccessKey: 'test' };

interface VerifyTestOptions extends ClientConfig {
  readonly disturb?: boolean;
  readonly signal?: AbortSignal;
  readonly timeLimit?: number;
  readonly report?: (result: Result) => void;
}

/** The default stack, or what `edit` makes of it, on a local cloud whose retries come soon. */
export async function startCloud(edit: (template: Template) => void = () => {}): Promise<TestCloud> {
  const assembly = new CloudAssembly(process.env.TEST_CLOUD_ASSEMBLY as string);
  for (const { template } of assembly.stacks) edit(template);
  const cloud = await TestCloud.startEmpty(0.01);
  await cloud.deploy(assembly);
  return cloud;
}

/** Verifies what runs on a local cloud, as the command does. */
export async function verifyOn(cloud: TestCloud, options: VerifyTestOptions = {}): Promise<Result[]> {
  const { disturb = false, report = () => {} } = options;
  return withVerification(cloud, options, (verification) => verify(verification, { disturb, report }));
}

/** Uses a verification of what runs on a local cloud. */
export async function withVerification<T>(
  cloud: TestCloud,
  options: VerifyTestOptions,
  use: (verification: Verification) => Promise<T>,
): Promise<T> {
  const { region = 'us-east-1', credentials = PERSON } = options;
  const { signal = new AbortController().signal, timeLimit = PATIENCE / 10 } = options;
  const clients = createClients({ endpoint: cloud.endpoint, region, credentials });
  const outputs = parseOutputs(cloud.outputs, 'the outputs');
  const verification: Verification = {
    ...{ outputs, clients, signal, timeLimit },
    cleanup: new Cleanup(),
    attributes: {},
  };
  try {
    return await use(verification);
  } finally {
    destroyClients(clients);
  }
}

/** The checks that failed, with what they said. */
export function failuresIn(results: readonly Result[]): string[] {
  return results.filter(({ passed }) => !passed).map(({ name, detail }) => `${name}: ${detail}`);
}

/** Every user, record and waiting message. */
export async function leftOn(cloud: TestCloud): Promise<unknown[]> {
  const { Users = [] } = await cloud.cognito.send(
    new ListUsersCommand({ UserPoolId: cloud.output('UserPoolId') }),
  );
  const { Items = [] } = await cloud.dynamodb.send(new ScanCommand({ TableName: cloud.output('TableName') }));
  const waiting = await Promise.all([cloud.usersIn('RetryQueueUrl'), cloud.usersIn('DeadLetterQueueUrl')]);
  return [...Users, ...Items, ...waiting.flat()];
}

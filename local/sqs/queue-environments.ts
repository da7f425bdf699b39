import type { Input } from '../aws/api';
import { ACCOUNT, arn, DEFAULT_ENVIRONMENT, type Environment } from '../aws/environment';

const QUEUE_ARN = /arn:aws:sqs:[\w-]+:\d{12}:/g;

/** Actions whose answers carry messages, in which nothing may be replaced. */
const OF_MESSAGES = ['ReceiveMessage'];

/** Knows the accounts and regions of queues. The emulator has one account and one region for all. */
export class QueueEnvironments {
  private readonly environments = new Map<string, Environment>();

  set(name: string, environment: Environment): void {
    this.environments.set(name, environment);
  }

  /** The input of an action as the emulator takes it. */
  inwards({ Attributes, ...input }: Input): Input {
    const { RedrivePolicy } = (Attributes ?? {}) as Record<string, unknown>;
    if (typeof RedrivePolicy !== 'string')
      return { ...input, ...(Attributes !== undefined && { Attributes }) };
    const emulated = RedrivePolicy.replace(QUEUE_ARN, arn('sqs', ''));
    return { ...input, Attributes: { ...(Attributes as object), RedrivePolicy: emulated } };
  }

  /** The emulator's answer with the queue's own account and region in each ARN and URL. */
  outwards(action: string, body: string): string {
    if (OF_MESSAGES.includes(action)) return body;
    return [...this.environments].reduce((text, [name, environment]) => {
      if (environment === DEFAULT_ENVIRONMENT) return text;
      return text
        .replaceAll(new RegExp(`${arn('sqs', name)}(?=["\\\\])`, 'g'), arn('sqs', name, environment))
        .replaceAll(new RegExp(`/${ACCOUNT}/${name}(?=")`, 'g'), `/${environment.account}/${name}`);
    }, body);
  }

  /** The path of a queue's URL as the emulator knows it. In another account there is no such queue. */
  pathInwards(queueUrl: string): string {
    const { pathname } = new URL(queueUrl);
    const [, account, name = ''] = pathname.split('/');
    return account === this.environments.get(name)?.account ? `/${ACCOUNT}/${name}` : pathname;
  }
}

import { createHmac, randomBytes } from 'node:crypto';
import { AwsError } from '../aws/api';

/**
 * The receipt handles of messages.
 *
 * SQS knows its own handles, even those of deleted messages, and refuses all others. The emulator takes any text.
 * So a handle carries a signature for its queue.
 */
export class ReceiptHandles {
  private readonly secret = randomBytes(32);

  /** The handle that a receiver gets for a handle of the emulator. */
  issue(queueName: string, emulated: string): string {
    return `${Buffer.from(emulated).toString('base64url')}.${this.sign(queueName, emulated)}`;
  }

  /**
   * The emulator's handle.
   *
   * @throws AwsError ReceiptHandleIsInvalid for a handle that this queue has not issued.
   */
  read(queueName: string, handle: string): string {
    const [encoded = '', signature] = handle.split('.');
    const emulated = Buffer.from(encoded, 'base64url').toString();
    if (signature === this.sign(queueName, emulated)) return emulated;
    throw new AwsError(
      'ReceiptHandleIsInvalid',
      `The input receipt handle "${handle.slice(0, 200)}" is not a valid receipt handle.`,
    );
  }

  private sign(queueName: string, emulated: string): string {
    return createHmac('sha256', this.secret).update(`${queueName} ${emulated}`).digest('base64url');
  }
}

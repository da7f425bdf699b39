import { attributeValue, type User, type UserPoolService } from 'cognito-local/lib/services/userPoolService';
import { Newest } from '../../aws/newest';
import { attributesForTrigger, metadata, type Triggers } from '../triggers/triggers';
import {
  CODE_PARAMETER,
  filledIn,
  type MessagePurpose,
  type Texts,
  textsOf,
  USERNAME_PARAMETER,
} from './message-text';

/** A message that Cognito would have sent; `sentAt` is ISO 8601. */
export interface DeliveredMessage {
  readonly userPoolId: string;
  /** An e-mail address or a phone number. */
  readonly to: string;
  readonly medium: 'EMAIL' | 'SMS';
  /** The code, or the temporary password. */
  readonly code: string;
  readonly purpose: MessagePurpose;
  readonly subject?: string;
  readonly text: string;
  readonly sentAt: string;
}

/** A message to send. */
export interface Message {
  readonly userPool: UserPoolService;
  readonly user: User;
  /** Null for a message that an administrator causes. */
  readonly clientId: string | null;
  readonly purpose: MessagePurpose;
  readonly code: string;
  /** The attribute that has the address: `email` or `phone_number`. */
  readonly attribute: string;
  /** @default - the value of the attribute */
  readonly to?: string;
  readonly clientMetadata?: unknown;
}

/** Where a message went, as the API tells it. */
export interface CodeDeliveryDetails {
  readonly AttributeName: string;
  readonly DeliveryMedium: 'EMAIL' | 'SMS';
  /** Not the whole address. */
  readonly Destination: string;
}

/** More than the number of users that the longest `npm run burst` signs up. */
const KEPT_MESSAGES = 10_000;

/** Delivers messages into a list. */
export class Messages {
  readonly delivered = new Newest<DeliveredMessage>(KEPT_MESSAGES);

  constructor(
    private readonly triggers: Triggers,
    private readonly now: () => number,
  ) {}

  /** @throws AwsError as a trigger that writes the message fails. */
  async send(message: Message): Promise<CodeDeliveryDetails> {
    const { userPool, user, code, attribute, purpose } = message;
    const { smsMessage, emailMessage, emailSubject } = await this.textsFor(message);
    const to = message.to ?? attributeValue(attribute, user.Attributes) ?? '';
    const content =
      attribute === 'phone_number'
        ? { medium: 'SMS' as const, text: filledIn(smsMessage, code, user.Username) }
        : {
            medium: 'EMAIL' as const,
            subject: emailSubject,
            text: filledIn(emailMessage, code, user.Username),
          };
    const { Id: userPoolId } = userPool.options;
    const sentAt = new Date(this.now()).toISOString();
    this.delivered.add({ userPoolId, to, code, purpose, ...content, sentAt });
    return deliveryDetails(attribute, to);
  }

  /** The texts of the user pool, or those that the trigger writes instead. */
  private async textsFor({ userPool, user, clientId, purpose, clientMetadata }: Message): Promise<Texts> {
    const texts = textsOf(userPool.options, purpose);
    const written = await this.triggers.call(userPool, 'CustomMessage', {
      source: purpose,
      userName: user.Username,
      clientId,
      request: {
        userAttributes: attributesForTrigger(user),
        codeParameter: CODE_PARAMETER,
        usernameParameter: purpose === 'AdminCreateUser' ? USERNAME_PARAMETER : null,
        ...metadata(clientMetadata),
      },
      response: { smsMessage: null, emailMessage: null, emailSubject: null },
    });
    const own = Object.entries({ ...written }).filter(
      ([name, text]) => name in texts && typeof text === 'string',
    );
    return { ...texts, ...Object.fromEntries(own) };
  }
}

/** What the API tells about a message that was sent, or that it pretends to have sent. */
export function deliveryDetails(attribute: string, to: string): CodeDeliveryDetails {
  return attribute === 'phone_number'
    ? { AttributeName: attribute, DeliveryMedium: 'SMS', Destination: `+*******${to.slice(-4)}` }
    : { AttributeName: attribute, DeliveryMedium: 'EMAIL', Destination: to.replace(/([^@])[^@]*/g, '$1***') };
}

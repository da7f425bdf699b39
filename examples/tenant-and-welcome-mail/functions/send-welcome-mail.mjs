import { DynamoDB } from '@aws-sdk/client-dynamodb';
import { SESv2 } from '@aws-sdk/client-sesv2';

// EventBridge can deliver an event twice, and then this sends two mails.
export async function handler({ detail }) {
  const key = { S: `USER#${detail.sub}` };
  const { Item } = await new DynamoDB().getItem({
    TableName: process.env.RECORDS,
    Key: { PK: key, SK: key },
  });
  const Simple = { Subject: { Data: 'Welcome' }, Body: { Text: { Data: 'Your account is ready.' } } };
  const Destination = { ToAddresses: [Item.email.S] };
  await new SESv2().sendEmail({ FromEmailAddress: 'hello@example.com', Destination, Content: { Simple } });
}

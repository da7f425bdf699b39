import type { DeliveredMessage } from '../../cognito/messages/messages';
import { Copy, Timestamp } from './elements';
import { Table } from './table';

/** The messages that Cognito would have sent, one in each row. */
export function MailTable({ mail, empty }: { mail: readonly DeliveredMessage[]; empty: string }) {
  return (
    <Table
      label="Messages, newest first"
      columns={['Sent', 'To', 'Message', 'Code']}
      empty={empty}
      rows={mail.map(({ to, medium, purpose, subject, text, code, sentAt }) => ({
        key: `${sentAt}-${to}-${code}`,
        cells: [
          <Timestamp at={Date.parse(sentAt)} />,
          <>
            <span class="value id">{to}</span>
            <span class="note">{medium === 'SMS' ? 'Text message' : 'E-mail'}</span>
          </>,
          <>
            <strong class="value">{subject ?? purpose}</strong>
            <span class="value">{text}</span>
          </>,
          <>
            {code} <Copy text={code} what={`code ${code}`} />
          </>,
        ],
      }))}
    />
  );
}

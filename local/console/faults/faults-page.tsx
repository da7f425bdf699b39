import { isDeepStrictEqual } from 'node:util';
import type { Fault } from '../../gateway/faults';
import { Section, Table } from '../shared/elements';
import { Badge } from '../shared/status';

interface CommonFault {
  readonly name: string;
  readonly expect: string;
  readonly fault: Fault;
}

const GROUP = 'cognito-idp:AdminAddUserToGroup';

/** The faults that the page offers, by the key that the form sends. */
export const COMMON_FAULTS: ReadonlyMap<string, CommonFault> = new Map(
  Object.entries({
    'throttle-group-adds': {
      name: 'Throttle group adds',
      expect:
        'The add is retried once. Then the user is parked, and retried from the queue until you switch it off.',
      fault: { action: GROUP, error: 'TooManyRequestsException' },
    },
    'slow-group-adds': {
      name: 'Group adds take 10 s',
      expect: 'The task times out; the user is parked within the 5 s that Cognito waits.',
      fault: { action: GROUP, delayMs: 10_000 },
    },
    'group-is-missing': {
      name: 'The group does not exist',
      expect: 'The error is permanent: the state machine does not retry it, and parks the user at once.',
      fault: { action: GROUP, error: 'ResourceNotFoundException' },
    },
    'throttle-records': {
      name: 'Throttle record puts',
      expect: 'The user is in the group, but has no record until a retry puts it.',
      fault: { action: 'dynamodb:PutItem', error: 'ProvisionedThroughputExceededException' },
    },
    'throttle-executions': {
      name: 'Step Functions throttles',
      expect: 'No execution starts, and the trigger parks the user itself.',
      fault: { action: 'states:StartSyncExecution', error: 'ThrottlingException' },
    },
    'trigger-twice': {
      name: 'Cognito calls the trigger twice',
      expect: 'Each user gets two executions. The second changes nothing.',
      fault: { action: 'local:DeliverTriggerTwice' },
    },
    'message-twice': {
      name: 'SQS delivers messages twice',
      expect: 'Each parked user is retried twice at once. The second retry changes nothing.',
      fault: { action: 'local:DeliverMessageTwice' },
    },
  }),
);

interface FaultsPageProps {
  readonly faults: readonly Fault[];
}

export function FaultsPage({ faults }: FaultsPageProps) {
  const isOn = (fault: Fault) => faults.some((active) => isDeepStrictEqual(active, fault));
  const common = [...COMMON_FAULTS.values()].map(({ fault }) => fault);
  const others = faults.filter((fault) => !common.some((known) => isDeepStrictEqual(fault, known)));
  return (
    <>
      <h1>Faults</h1>
      <p>
        This page shows which faults are active. Switch one on, <a href="/console/users">sign somebody up</a>,
        and watch what happens to them.
      </p>
      <Section id="faults" title="Common faults">
        {faults.length > 0 && (
          <form method="post" action="/console/faults/clear">
            <button type="submit">Switch all off</button>
          </form>
        )}
        <Table
          label="Common faults"
          columns={['Fault', 'What to expect', 'API action', 'Now', 'Switch']}
          empty=""
          rows={[...COMMON_FAULTS].map(([key, { name, expect, fault }]) => ({
            key,
            cells: [
              <strong>{name}</strong>,
              expect,
              <Effect fault={fault} />,
              isOn(fault) ? <Badge tone="warning" label="On" /> : <Badge tone="not-reached" label="Off" />,
              <form method="post" action={isOn(fault) ? '/console/faults/off' : '/console/faults/on'}>
                <input type="hidden" name="key" value={key} />
                <button type="submit" aria-label={`Switch ${isOn(fault) ? 'off' : 'on'}: ${name}`}>
                  {isOn(fault) ? 'Switch off' : 'Switch on'}
                </button>
              </form>,
            ],
          }))}
        />
      </Section>
      {others.length > 0 && (
        <Section id="others" title="Set by the API">
          <Table
            label="Faults set by the API"
            columns={['API action', 'Fault']}
            empty=""
            rows={others.map((fault, index) => ({
              key: `fault-${index}`,
              cells: [fault.action, JSON.stringify({ ...fault, action: undefined })],
            }))}
          />
        </Section>
      )}
    </>
  );
}

function Effect({ fault: { action, error } }: { fault: Fault }) {
  return (
    <>
      <span class="id">{action}</span>
      {error && <span class="note id">{error}</span>}
    </>
  );
}

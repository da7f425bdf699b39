import { isDeepStrictEqual } from 'node:util';
import type { Fault } from '../../gateway/faults';
import { Alert, Name, Section } from '../shared/elements';
import { Badge } from '../shared/status';
import { Table } from '../shared/table';
import { ClockForm } from './clock-form';
import type { CommonFaults } from './common-faults';
import { FaultForm } from './fault-form';

interface FaultsPageProps {
  /** The active faults. */
  readonly faults: readonly Fault[];
  readonly common: CommonFaults;
  /** The faults that somebody has set, active or not. */
  readonly own: readonly Fault[];
  /** Everything that can have a fault. */
  readonly actions: readonly string[];
  /** In ms since 1970, on the clock of the local cloud. */
  readonly time: number;
  readonly refused?: { readonly reason: string; readonly form: Record<string, string> };
}

export function FaultsPage({ faults, common, own, actions, time, refused }: FaultsPageProps) {
  const isOn = (fault: Fault) => faults.some((active) => isDeepStrictEqual(active, fault));
  return (
    <>
      <h1>Faults</h1>
      <p>
        This page shows which faults are active. Switch one on, <a href="/console/users">sign somebody up</a>,
        and watch what happens to them.
      </p>
      {refused && <Alert>{refused.reason}</Alert>}
      {faults.length > 0 && (
        <form method="post" action="/console/faults/clear">
          <button type="submit">Switch all off</button>
        </form>
      )}
      {common.size > 0 && (
        <Section id="faults" title="Common faults">
          <Table
            label="Common faults"
            columns={['Fault', 'What to expect', 'API action', 'Now', 'Switch']}
            empty=""
            rows={[...common].map(([key, { name, expect, fault }]) => ({
              key,
              cells: [
                <strong>{name}</strong>,
                expect,
                <Effect fault={fault} />,
                <State isOn={isOn(fault)} />,
                <Switch name={name} fault={fault} isOn={isOn(fault)} />,
              ],
            }))}
          />
        </Section>
      )}
      <Section id="own" title="Own faults">
        <FaultForm actions={actions} form={refused?.form} />
        <Table
          label="Own faults"
          columns={['API action', 'Fault', 'Now', 'Switch']}
          empty="None. Those that the API sets are shown here, too."
          rows={own.map((fault) => ({
            key: JSON.stringify(fault),
            cells: [
              <Effect fault={fault} />,
              inWords(fault),
              <State isOn={isOn(fault)} />,
              <Switch name={`${fault.action}, ${inWords(fault)}`} fault={fault} isOn={isOn(fault)} />,
            ],
          }))}
        />
      </Section>
      <Section id="clock" title="Clock">
        <ClockForm time={time} />
      </Section>
    </>
  );
}

function State({ isOn }: { isOn: boolean }) {
  return isOn ? <Badge tone="warning" label="On" /> : <Badge tone="not-reached" label="Off" />;
}

function Switch({ name, fault, isOn }: { name: string; fault: Fault; isOn: boolean }) {
  return (
    <form method="post" action={isOn ? '/console/faults/off' : '/console/faults/on'}>
      <input type="hidden" name="fault" value={JSON.stringify(fault)} />
      <button type="submit" aria-label={`Switch ${isOn ? 'off' : 'on'}: ${name}`}>
        {isOn ? 'Switch off' : 'Switch on'}
      </button>
    </form>
  );
}

function Effect({ fault: { action, error } }: { fault: Fault }) {
  return (
    <>
      <Name>{action}</Name>
      {error && (
        <span class="note">
          <Name>{error}</Name>
        </span>
      )}
    </>
  );
}

function inWords({ delayMs, probability, times, perSecond }: Fault): string {
  const parts = [
    delayMs !== undefined && `waits ${delayMs} ms`,
    perSecond !== undefined && `beyond ${perSecond} a second`,
    probability !== undefined && `with probability ${probability}`,
    times !== undefined && `at most ${times} times`,
  ].filter(Boolean);
  return parts.join(', ') || 'each time';
}

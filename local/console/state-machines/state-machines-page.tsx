import type { Execution } from '../../step-functions/execution';
import type { StateMachine } from '../../step-functions/state-machine';
import { StateMachineTable } from '../executions/state-machine-table';
import { Section } from '../shared/elements';

interface StateMachinesPageProps {
  readonly stateMachines: readonly StateMachine[];
  readonly all: readonly Execution[];
}

/** All state machines of the stack. */
export function StateMachinesPage({ stateMachines, all }: StateMachinesPageProps) {
  return (
    <>
      <h1>State machines</h1>
      <Section id="state-machines" title={`State machines (${stateMachines.length})`}>
        <p class="note">The page of a state machine shows which of its steps were never taken.</p>
        <StateMachineTable stateMachines={stateMachines} all={all} />
      </Section>
    </>
  );
}

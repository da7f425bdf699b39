import type { StateMachine } from '../../step-functions/state-machine';
import type { ConsoleContext } from '../shared/context';

/** The state machines that reconcile, as their definitions tell; that of the output comes first. */
export function reconciliationsOf({
  services: { stepFunctions },
  outputs,
}: Pick<ConsoleContext, 'services' | 'outputs'>): StateMachine[] {
  const { ReconciliationStateMachineArn: first } = outputs();
  return stepFunctions.stateMachines
    .filter((machine) => machine.hasState('ReconcileUsers'))
    .toSorted((a, b) => Number(b.stateMachineArn === first) - Number(a.stateMachineArn === first));
}

/** The page of a reconciliation. @param name that of its state machine. */
export function reconciliationHref(name: string): string {
  return `/console/reconciliation?${new URLSearchParams({ stateMachine: name })}`;
}

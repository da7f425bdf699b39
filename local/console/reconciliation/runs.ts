import type { Execution } from '../../step-functions/execution';

/** A run of the reconciliation. */
export interface Run {
  readonly execution: Execution;
  readonly isDryRun: boolean;
  readonly all: boolean;
  /** What it has counted so far, by name: pages, users scanned, and so on. */
  readonly counts: Readonly<Record<string, number>>;
  /** How many users were skipped, by reason. */
  readonly skipped: Readonly<Record<string, number>>;
  /** What a person should know about the counts. */
  readonly note?: string;
}

/** The runs of a state machine, newest first, with the counts of the page that was seen last. */
export function runsOf(executions: readonly Execution[], stateMachineArn: string): Run[] {
  return executions
    .filter((execution) => execution.stateMachineArn === stateMachineArn)
    .map((execution) => {
      const { dryRun, all } = Object(execution.input) as Record<string, unknown>;
      const progress = progressOf(execution);
      const { skipped, note } = progress;
      const counts = Object.entries(progress).filter((entry): entry is [string, number] =>
        Number.isFinite(entry[1]),
      );
      return {
        execution,
        isDryRun: dryRun === true,
        all: all === true,
        counts: Object.fromEntries(counts),
        skipped: Object(skipped) as Record<string, number>,
        note: typeof note === 'string' ? note : undefined,
      };
    })
    .reverse();
}

function progressOf(execution: Execution): Record<string, unknown> {
  const outputs = execution.history().flatMap(({ type, details }) => {
    return type.endsWith('StateExited') && typeof details.output === 'object' ? [details.output] : [];
  });
  const last = outputs.findLast((output) => Number.isFinite((Object(output) as { pages?: unknown }).pages));
  return Object(last) as Record<string, unknown>;
}

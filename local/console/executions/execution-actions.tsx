import type { Execution } from '../../step-functions/execution';
import { hrefOf } from './links';

interface ExecutionActionsProps {
  readonly execution: Execution;
  /** The input that was refused. */
  readonly input?: string;
}

/** What can be done with an execution. */
export function ExecutionActions({ execution, input }: ExecutionActionsProps) {
  const href = hrefOf(execution);
  return (
    <div class="actions">
      {execution.status === 'RUNNING' && (
        <form method="post" action={`${href}/stop`}>
          <button type="submit">Stop</button>
        </form>
      )}
      <details open={input !== undefined}>
        <summary class="button">Start again</summary>
        <form method="post" action={`${href}/start`}>
          <label class="block">
            Input
            <textarea name="input" rows={12} spellcheck={false}>
              {input ?? JSON.stringify(execution.input, null, 2)}
            </textarea>
          </label>
          <div class="actions">
            <button type="submit" class="primary">
              Start a new execution
            </button>
          </div>
        </form>
      </details>
      <a class="button" href={`${href}/history.json`} download={`${execution.name}.json`}>
        Export the history as JSON
      </a>
    </div>
  );
}

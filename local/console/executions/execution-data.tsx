import { Facts, Section } from '../shared/elements';
import { Json } from '../shared/json';
import { Cause } from '../states/cause';
import { machineNameOf } from './execution-list';
import type { ExecutionPageProps } from './execution-page';

/** What the execution got, answered and ran. */
export function ExecutionData({
  execution,
  definition,
}: Pick<ExecutionPageProps, 'execution' | 'definition'>) {
  const { input, output, error, cause } = execution;
  return (
    <>
      <Section id="data" title="Execution input and output">
        <h3>Input</h3>
        <Json label="Execution input" value={input} />
        <h3>Output</h3>
        {output !== undefined ? (
          <Json label="Execution output" value={output} />
        ) : (
          <p class="empty">No output.</p>
        )}
        {error && <Facts facts={{ Error: error, Cause: cause && <Cause cause={cause} /> }} />}
      </Section>
      <Section id="definition" title="Definition">
        <details>
          <summary>Amazon States Language of {machineNameOf(execution)}</summary>
          <Json label="Definition" value={definition} />
        </details>
      </Section>
    </>
  );
}

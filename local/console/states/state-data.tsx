import type { State } from '../graph/graph-layout';
import type { StateResult } from '../graph/state-results';
import { Json } from '../shared/json';
import { flowOf, parametersOf } from './data-flow';
import { FlowTable, ParameterTable } from './data-flow-tables';

interface StateDataProps {
  readonly state: State;
  readonly result: StateResult;
}

/** The way of the data through a state: its input, parameters, result and output. */
export function StateData({ state, result: { name, input, output, attempts } }: StateDataProps) {
  const last = attempts.at(-1);
  const steps: [string, unknown][] = [
    ['Input', input],
    ['Parameters', last?.parameters],
    ['Result', last?.result],
    ['Output', output],
  ];
  return (
    <>
      {steps.map(([step, value]) => {
        if (value !== undefined)
          return (
            <>
              <h3>{step}</h3>
              <Json label={`${step} of ${name}`} value={value} />
            </>
          );
        return step === 'Output' ? (
          <>
            <h3>Output</h3>
            <p class="empty">No output.</p>
          </>
        ) : null;
      })}
      {last && (
        <details>
          <summary>Parameters, path by path</summary>
          <ParameterTable
            label={`Parameters of ${name}`}
            rows={parametersOf(state.Parameters, last.parameters)}
          />
        </details>
      )}
      {output !== undefined && (
        <details>
          <summary>From input to output, path by path</summary>
          <FlowTable
            label={`Data flow of ${name}`}
            before="Input"
            after="Output"
            rows={flowOf(input, output)}
          />
        </details>
      )}
    </>
  );
}

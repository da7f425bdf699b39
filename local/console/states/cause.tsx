import { Json } from '../shared/json';
import { ownPlace } from '../shared/stack-trace';

/** A function's error comes as JSON; a person wants to read its message first. */
export function Cause({ cause }: { cause: string }) {
  const parsed = parseObject(cause);
  if (!parsed) return <span class="cause">{cause}</span>;
  return (
    <>
      {typeof parsed.errorMessage === 'string' && <span class="cause">{parsed.errorMessage}</span>}
      <details>
        <summary>The function's answer</summary>
        <Json label="Cause" value={parsed} />
      </details>
    </>
  );
}

/** The line of the app's code from which a function's error came. */
export function placeIn(cause: string): string | undefined {
  const trace = parseObject(cause)?.trace;
  return Array.isArray(trace) ? ownPlace(trace.map(String)) : undefined;
}

function parseObject(text: string): Record<string, unknown> | undefined {
  try {
    const value = JSON.parse(text);
    return typeof value === 'object' && value !== null ? value : undefined;
  } catch {
    // Other services answer plain text.
    return undefined;
  }
}

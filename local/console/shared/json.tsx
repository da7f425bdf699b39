import { Copy } from './elements';
import { count } from './format';

/** In characters: a page shows no more of a value; the API has all of it. */
const LONGEST_JSON = 50_000;

/** A value as JSON, in a region that can be scrolled with the keyboard, too. */
export function Json({ label, value }: { label: string; value: unknown }) {
  const json = JSON.stringify(value, null, 2) ?? '';
  return (
    <div class="json">
      <Copy text={json} what={label} />
      {/* biome-ignore lint/a11y/useSemanticElements: a section would need a heading */}
      <pre tabindex={0} role="region" aria-label={label}>
        {json.length > LONGEST_JSON
          ? `${json.slice(0, LONGEST_JSON)}\n… the first ${count(LONGEST_JSON, 'character')} of ${json.length.toLocaleString('en-US')}`
          : json}
      </pre>
    </div>
  );
}

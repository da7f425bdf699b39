interface FaultFormProps {
  /** Everything that can have a fault. */
  readonly actions: readonly string[];
  /** The form as it was refused. */
  readonly form?: Record<string, string>;
}

const NUMBERS = {
  delayMs: { label: 'Delay in ms', step: '1' },
  probability: { label: 'Probability, 0 to 1', step: 'any' },
  times: { label: 'Times, at most', step: '1' },
  perSecond: { label: 'Calls a second', step: '1' },
};

/** Makes a fault of any action. */
export function FaultForm({ actions, form = {} }: FaultFormProps) {
  return (
    <form class="filter" method="post" action="/console/faults">
      <label class="wide">
        API action
        <input
          type="text"
          name="action"
          value={form.action}
          list="actions"
          required
          autocomplete="off"
          placeholder="cognito-idp:AdminAddUserToGroup"
        />
      </label>
      <datalist id="actions">
        {actions.map((action) => (
          <option value={action} />
        ))}
      </datalist>
      <label>
        Error (optional)
        <input type="text" name="error" value={form.error} autocomplete="off" />
      </label>
      {Object.entries(NUMBERS).map(([name, { label, step }]) => (
        <label class="short">
          {label}
          <input type="number" name={name} value={form[name]} min="0" step={step} />
        </label>
      ))}
      <button type="submit">Add the fault</button>
    </form>
  );
}

/** The fault in a form: empty fields are left out, and numbers are numbers. */
export function faultIn(form: Record<string, string>): Record<string, unknown> {
  const filledIn = Object.entries(form).filter(([, text]) => text !== '');
  return Object.fromEntries(
    filledIn.map(([name, text]) => [name, Object.hasOwn(NUMBERS, name) ? Number(text) : text]),
  );
}

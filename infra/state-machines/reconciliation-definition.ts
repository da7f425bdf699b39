interface Definition {
  readonly States: Readonly<Record<string, { readonly [field: string]: unknown }>>;
}

/** The states that only a reconciliation has which may set the trigger again. */
const ATTACHING_STATES = ['IsTriggerDetached', 'AttachTrigger', 'TriggerNotAttached'];

/**
 * The definition for an application: the file itself, byte for byte, if the trigger was attached by the
 * deployment. Otherwise it is without the states that set the trigger again.
 */
export function reconciliationDefinition(file: string, attachesTrigger: boolean): string {
  if (attachesTrigger) return file;
  const definition: Definition = JSON.parse(file);
  const { CheckTrigger, ...others } = definition.States;
  const kept = Object.entries({ CheckTrigger: { ...CheckTrigger, Next: 'ReconcileUsers' }, ...others });
  const States = Object.fromEntries(kept.filter(([name]) => !ATTACHING_STATES.includes(name)));
  return JSON.stringify({ ...definition, States }, undefined, 2);
}

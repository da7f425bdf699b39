/** `<Step.field>` or `<Step.outer.inner>`: a field of the result of one of the application's own steps. */
export interface StepField {
  readonly step: string;
  /** The names that lead to the field, from the outside to the inside. */
  readonly path: readonly string[];
}

/** Reads the name of a placeholder such as `CreateTenant.tenantId`; `undefined` if it names no step. */
export function stepFieldOf(placeholder: string): StepField | undefined {
  const [step = '', ...path] = placeholder.split('.');
  const isPath = path.length > 0 && !path.includes('');
  return isPath && /^[A-Z]\w*$/.test(step) ? { step, path } : undefined;
}

interface Retrier {
  readonly ErrorEquals: readonly string[];
}

/** A state of a definition. */
export interface State {
  readonly Type: string;
  readonly Next?: string;
  readonly Parameters?: { readonly Payload?: Record<string, unknown>; readonly [field: string]: unknown };
  readonly Retry?: readonly Retrier[];
  readonly Catch?: readonly object[];
  readonly [field: string]: unknown;
}

/** Retries other errors as often as the record's state does. */
export function retryOn({ Retry }: State, ErrorEquals: readonly string[]): State['Retry'] {
  return Retry?.map((retrier) => ({ ...retrier, ErrorEquals }));
}

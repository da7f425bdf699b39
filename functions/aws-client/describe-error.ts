/** An error as the functions log it. */
export function describeError(error: unknown): { error: string; reason: string } {
  return error instanceof Error
    ? { error: error.name, reason: error.message }
    : { error: typeof error, reason: String(error) };
}

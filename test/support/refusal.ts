/**
 * The message of the error with which something is refused. For several expectations, this is one attempt.
 *
 * @throws Error if it is not refused.
 */
export function refusalOf(attempt: () => unknown): string {
  try {
    attempt();
  } catch (error) {
    return (error as Error).message;
  }
  throw new Error('it was not refused');
}

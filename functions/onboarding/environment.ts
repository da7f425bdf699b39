/**
 * Reads an environment variable that the function cannot work without.
 *
 * @throws Error naming the variable when it is missing or empty.
 */
export function requiredEnvironmentVariable(name: string): string {
  const value = process.env[name];
  if (!value) {
    throw new Error(`environment variable ${name} is not set: set it in the function's configuration`);
  }
  return value;
}

/**
 * The attribute that marks a record whose event is still to be published: the value of
 * `EVENT_PENDING_ATTRIBUTE`, which is set only where an event follows the record.
 */
export function eventPendingAttribute(): string | undefined {
  return process.env.EVENT_PENDING_ATTRIBUTE || undefined;
}

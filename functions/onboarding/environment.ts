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

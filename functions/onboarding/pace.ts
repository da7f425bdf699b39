import { requiredEnvironmentVariable } from './environment';

/**
 * The shortest time for one user, in ms, from `MILLISECONDS_PER_USER`. It keeps a function's group adds below
 * its share of Cognito's quota.
 *
 * @throws Error if the variable is not a positive number.
 */
export function millisecondsPerUser(): number {
  const value = requiredEnvironmentVariable('MILLISECONDS_PER_USER');
  const time = Number(value);
  if (time > 0) return time;
  throw new Error(`environment variable MILLISECONDS_PER_USER must be a positive number, got: "${value}"`);
}

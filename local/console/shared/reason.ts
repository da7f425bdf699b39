import { AwsError } from '../../aws/api';

/**
 * Why something that a person asked for was refused.
 *
 * @throws the error itself, if it is none that a person can do something about.
 */
export function reasonOf(error: unknown): string {
  if (error instanceof AwsError) return error.message;
  throw error;
}

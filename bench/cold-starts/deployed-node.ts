import { execFileSync } from 'node:child_process';

/** The major version that the functions are deployed to: `Runtime.NODEJS_24_X`. */
const DEPLOYED = 24;

/** A Node, and its version. */
export interface Node {
  readonly executable: string;
  readonly version: string;
}

/**
 * The newest Node of the deployed version, from the registry's package `node`.
 *
 * @throws Error if it is not installed and the registry cannot be reached.
 */
export function deployedNode(): Node {
  const script = 'console.log(process.execPath); console.log(process.versions.node)';
  const options = ['--yes', '-p', `node@${DEPLOYED}`, '--', 'node', '-e', script];
  const [executable = '', version = ''] = execFileSync('npx', options, { encoding: 'utf8' }).split('\n');
  return { executable, version };
}

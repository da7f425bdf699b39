import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PACKAGE_ROOT } from '../settings/package-root';

/**
 * The definition in `state-machines/<name>.asl.json`. It is in the template itself and not an asset, so that
 * linters, snapshots and the local cloud see what is deployed.
 */
export function stateMachineDefinition(name: string): string {
  return readFileSync(join(PACKAGE_ROOT, 'state-machines', `${name}.asl.json`), 'utf8');
}

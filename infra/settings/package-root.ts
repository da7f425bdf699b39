import { existsSync } from 'node:fs';
import { join } from 'node:path';

const ABOVE = join(__dirname, '..', '..');

/** The directory with `dist` and `state-machines`: above `infra`, or above `lib/infra` of the published package. */
export const PACKAGE_ROOT = existsSync(join(ABOVE, 'state-machines')) ? ABOVE : join(ABOVE, '..');

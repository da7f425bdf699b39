import { rmSync } from 'node:fs';
import { dirname } from 'node:path';

export default function globalTeardown(): void {
  rmSync(dirname(process.env.TEST_CLOUD_ASSEMBLY as string), { recursive: true });
}

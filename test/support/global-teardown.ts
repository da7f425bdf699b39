import { rmSync } from 'node:fs';

export default function globalTeardown(): void {
  rmSync(process.env.TEST_CLOUD_ASSEMBLY as string, { recursive: true });
}

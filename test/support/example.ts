import { execFile } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { CloudAssembly } from '../../local/cloudformation/cloud-assembly';
import type { StackArtifact } from '../../local/cloudformation/stack-artifact';

const run = promisify(execFile);
const root = join(__dirname, '..', '..');

/**
 * Synthesizes an example as its users do, in its own directory.
 *
 * @param outputs which resources the test asks for, by the names of the outputs: how their logical IDs begin.
 */
export async function exampleAssembly(name: string, outputs: Record<string, string>): Promise<CloudAssembly> {
  const directory = mkdtempSync(join(process.env.TEST_CLOUD_ASSEMBLY as string, `${name}-`));
  await run(process.execPath, ['--import', 'tsx', 'app.ts'], {
    cwd: join(root, 'examples', name),
    env: {
      ...process.env,
      CDK_OUTDIR: directory,
      CDK_VALIDATION: 'false',
      TSX_TSCONFIG_PATH: join(root, 'tsconfig.json'),
    },
  });
  const assembly = new CloudAssembly(directory);
  const { template } = assembly.stacks[0] as StackArtifact;
  const logicalIds = Object.keys(template.Resources);
  const added = Object.entries(outputs).map(([output, prefix]) => {
    const Ref = logicalIds.find((logicalId) => new RegExp(`^${prefix}[0-9A-F]{8}$`).test(logicalId));
    if (!Ref) throw new Error(`the example ${name} has no resource ${prefix}`);
    return [output, { Value: { Ref } }];
  });
  Object.assign(template, { Outputs: Object.fromEntries(added) });
  return assembly;
}

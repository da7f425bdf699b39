import { join } from 'node:path';
import { build, type Plugin } from 'esbuild';

const root = join(__dirname, '..', '..');

/**
 * Bundles a source file as CDK's `NodejsFunction` does by default, with the SDK in it.
 *
 * @param directory the directory for `index.js`.
 * @returns its size in bytes.
 * @see https://docs.aws.amazon.com/cdk/api/v2/docs/aws-cdk-lib.aws_lambda_nodejs-readme.html
 */
export async function buildDefaultBundle(
  source: string,
  directory: string,
  plugins: Plugin[] = [],
): Promise<number> {
  const { metafile } = await build({
    absWorkingDir: root,
    entryPoints: [source],
    outfile: join(directory, 'index.js'),
    bundle: true,
    platform: 'node',
    target: 'node20',
    plugins,
    metafile: true,
    logLevel: 'error',
  });
  return Object.values(metafile.outputs).reduce((sum, { bytes }) => sum + bytes, 0);
}

import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);
const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';

interface Published {
  readonly files: readonly { readonly path: string }[];
}

/** The files that `npm publish` would send of the package in a folder, which is built already. */
export async function publishedFiles(folder: string): Promise<string[]> {
  const options = ['publish', '--dry-run', '--json', '--ignore-scripts', '--offline'];
  const { stdout } = await run(npm, options, { cwd: folder });
  const answer: Published | Record<string, Published> = JSON.parse(stdout);
  // From npm 11 on, the answer is by the name of the package.
  const [published] = 'files' in answer ? [answer as Published] : Object.values(answer);
  return (published?.files ?? []).map(({ path }) => path);
}

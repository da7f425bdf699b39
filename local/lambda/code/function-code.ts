import { mkdirSync, mkdtempSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { dirname, join, normalize } from 'node:path';
import { unzipSync } from 'fflate';
import { DIRECTORY_PREFIX, deleteAbandonedDirectories } from './abandoned-directories';
import { CFN_RESPONSE } from './cfn-response';

/** The code of a function or a layer as the template describes it. */
export interface CodeProperties {
  readonly S3Key?: string;
  /** The source itself, in one file. */
  readonly ZipFile?: string;
  readonly ImageUri?: string;
}

/** Why a function cannot run here; undefined if it can. */
export function foreignReason(runtime: string | undefined, { ImageUri }: CodeProperties): string | undefined {
  if (ImageUri !== undefined) return 'is a container image';
  return runtime?.startsWith('nodejs') ? undefined : `has the runtime ${runtime}`;
}

/** Finds the directories of code, and unpacks inline code and zip files into new ones. */
export class CodeDirectories {
  /** By what was unpacked. */
  private readonly unpacked = new Map<string, string>();

  constructor() {
    deleteAbandonedDirectories();
  }

  /**
   * @param assetPath finds the directory or file of an asset.
   * @throws Error for code that is not in the app.
   */
  directoryOf({ S3Key = '', ZipFile }: CodeProperties, assetPath: (s3Key: string) => string): string {
    if (ZipFile !== undefined) return this.unpackOnce(ZipFile, () => inlineFiles(ZipFile));
    const path = assetPath(S3Key);
    const status = statSync(path);
    if (status.isDirectory()) return path;
    return this.unpackOnce(`${path} ${status.mtimeMs}`, () => unzipSync(readFileSync(path)));
  }

  /** Deletes what was unpacked. */
  async close(): Promise<void> {
    const directories = [...this.unpacked.values()];
    this.unpacked.clear();
    await Promise.all(directories.map((directory) => rm(directory, { recursive: true, force: true })));
  }

  private unpackOnce(source: string, files: () => Record<string, Uint8Array>): string {
    const known = this.unpacked.get(source);
    if (known !== undefined) return known;
    const directory = mkdtempSync(DIRECTORY_PREFIX);
    this.unpacked.set(source, directory);
    for (const [name, content] of Object.entries(files())) {
      const path = join(directory, normalize(`/${name}`));
      mkdirSync(name.endsWith('/') ? path : dirname(path), { recursive: true });
      if (!name.endsWith('/')) writeFileSync(path, content);
    }
    return directory;
  }
}

function inlineFiles(source: string): Record<string, Uint8Array> {
  return { 'index.js': Buffer.from(source), 'node_modules/cfn-response/index.js': CFN_RESPONSE };
}

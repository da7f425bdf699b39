import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Template } from '../aws/template';

interface Manifest {
  readonly artifacts: Record<
    string,
    { type: string; properties?: { templateFile: string; stackName?: string } }
  >;
}

interface AssetManifest {
  readonly files: Record<string, { source: { path: string } }>;
}

/**
 * A synthesized CDK app (`cdk.out`), reduced to its one stack.
 *
 * @see https://docs.aws.amazon.com/cdk/v2/guide/deploy.html#deploy-how-synth-assemblies
 */
export class CloudAssembly {
  readonly stackName: string;
  readonly template: Template;
  private readonly assetManifest: AssetManifest;

  /** @throws Error if the directory has no synthesized app, or if the app does not have exactly one stack. */
  constructor(private readonly directory: string) {
    if (!existsSync(join(directory, 'manifest.json'))) {
      throw new Error(`no synthesized app in ${directory}: run \`npx cdk synth\` first`);
    }
    const { artifacts } = this.readJson<Manifest>('manifest.json');
    const stacks = Object.entries(artifacts).filter(([, { type }]) => type === 'aws:cloudformation:stack');
    const [stack, ...others] = stacks;
    if (!stack || others.length > 0) {
      throw new Error(`the local cloud runs one stack, but ${directory} holds ${stacks.length}`);
    }
    const [id, { properties }] = stack;
    this.stackName = properties?.stackName ?? id;
    this.template = this.readJson<Template>(properties?.templateFile ?? `${id}.template.json`);
    this.assetManifest = this.readJson<AssetManifest>(`${id}.assets.json`);
  }

  /** The directory of the asset that the template names by its key in the assets bucket (`<hash>.zip`). */
  assetDirectory(s3Key: string): string {
    const hash = s3Key.replace(/\.zip$/, '');
    const asset = this.assetManifest.files[hash];
    if (!asset) throw new Error(`the asset ${s3Key} is not in ${this.directory}`);
    return join(this.directory, asset.source.path);
  }

  private readJson<T>(file: string): T {
    return JSON.parse(readFileSync(join(this.directory, file), 'utf8')) as T;
  }
}

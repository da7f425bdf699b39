import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Environment } from '../aws/environment';
import type { Template } from '../aws/template';

interface AssetManifest {
  readonly files: Record<string, { source: { path: string } }>;
}

interface StackArtifactProps {
  /** The id in the manifest of its cloud assembly. */
  readonly id: string;
  /** The path in the app, such as `Prod/Shop`. */
  readonly displayName: string;
  readonly stackName: string;
  readonly environment: Environment;
  /** The ids of what has to be deployed before. */
  readonly dependencies: readonly string[];
  /** Of its cloud assembly. */
  readonly directory: string;
  readonly templateFile: string;
}

/** A stack of a synthesized app, with its assets. */
export class StackArtifact {
  readonly id: string;
  readonly displayName: string;
  readonly stackName: string;
  readonly environment: Environment;
  readonly dependencies: readonly string[];
  readonly template: Template;
  private readonly directory: string;

  constructor(props: StackArtifactProps) {
    this.id = props.id;
    this.displayName = props.displayName;
    this.stackName = props.stackName;
    this.environment = props.environment;
    this.dependencies = props.dependencies;
    this.directory = props.directory;
    // A stack may be empty.
    this.template = { Resources: {}, ...this.readJson<Partial<Template>>(props.templateFile) };
  }

  /**
   * The directory or file of the asset that the template names by its key in the assets bucket (`<hash>.zip`).
   *
   * @throws Error for anything but an asset of this stack.
   */
  assetPath(s3Key: string): string {
    const manifest = `${this.id}.assets.json`;
    const files = existsSync(join(this.directory, manifest))
      ? this.readJson<AssetManifest>(manifest).files
      : {};
    const asset = files[s3Key.replace(/\.\w+$/, '')];
    if (!asset) throw new Error(`${s3Key} is not an asset of the app: the local cloud reads nothing from S3`);
    // Without asset staging, the path is absolute.
    return resolve(this.directory, asset.source.path);
  }

  /** The template of a nested stack, which is an asset. */
  nestedTemplate(templateUrl: string): Template {
    const path = this.assetPath(templateUrl.slice(templateUrl.lastIndexOf('/') + 1));
    return JSON.parse(readFileSync(path, 'utf8')) as Template;
  }

  private readJson<T>(file: string): T {
    return JSON.parse(readFileSync(join(this.directory, file), 'utf8')) as T;
  }
}

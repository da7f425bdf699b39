import { join } from 'node:path';

/** Where a function finds the modules that its code does not hold. */
export interface ModuleSources {
  /** The directories of its layers. */
  readonly layers: readonly string[];
  /** The ARNs of the layers that are not in the app. */
  readonly missingLayers: readonly string[];
  /** Directories from which the AWS SDK is resolved, as Lambda's runtime brings it. */
  readonly sdk: readonly string[];
}

/** The local cloud's own package; it has the SDK's clients that the local cloud uses itself. */
const OWN_PACKAGE = join(__dirname, '..', '..');

/** The layers of an app, and what they hold for functions. */
export class Layers {
  private readonly directories = new Map<string, string>();

  /** @param directory what is below `/opt` on AWS. */
  add(layerArn: string, directory: string): void {
    this.directories.set(layerArn, directory);
  }

  delete(layerArn: string): void {
    this.directories.delete(layerArn);
  }

  /** Where a function with these layers finds modules, besides those of its own. */
  modulesFor(layerArns: readonly string[]): ModuleSources {
    return {
      // Where two layers have the same file, the later one wins.
      layers: layerArns.flatMap((layerArn) => this.directories.get(layerArn) ?? []).toReversed(),
      missingLayers: layerArns.filter((layerArn) => !this.directories.has(layerArn)),
      sdk: [OWN_PACKAGE, process.cwd()],
    };
  }
}

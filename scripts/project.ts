import { existsSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Metafile } from 'esbuild';
import { step } from '../local/cli/progress';
import type { Project } from '../local/cli/watch';
import { buildFunction, buildFunctions } from './build';
import { synthesize } from './synth';
import { newApp, type SynthesizedApp } from './synthesized-app';

/** CDK then names the bundles where they are, so that a changed one is taken on before the next synthesis. */
const IN_PLACE = { 'aws:cdk:disable-asset-staging': true };

const MAPPED = { sourceMaps: true };

/** This project as somebody works on it: bundles with source maps, and only what has changed is built again. */
export class OnboardingProject implements Project {
  readonly sources = ['functions', 'infra', 'state-machines', 'cdk.json'];
  private readonly app: SynthesizedApp = newApp();
  private metafiles: Record<string, Metafile> = {};
  /** How many changes a synthesis has not seen yet. */
  private wanted = 0;

  readonly synthesize = async (): Promise<string> => {
    await step('bundle the functions', async () => {
      this.metafiles = await buildFunctions(this.app.bundles, MAPPED);
    });
    await step('synthesize the stack', () => this.synthesizeStack());
    return this.app.assembly;
  };

  readonly remake = async (files: readonly string[], takeOn: () => Promise<void>): Promise<void> => {
    const names = Object.keys(this.metafiles).filter((name) => {
      return files.some((file) => this.metafiles[name]?.inputs[file]);
    });
    await Promise.all(names.map((name) => this.rebuild(name)));
    if (names.length > 0) await takeOn();
    void this.synthesizeAgain(takeOn);
  };

  /** The next change does not wait for it: a new bundle is taken on without a synthesis. */
  private async synthesizeAgain(takeOn: () => Promise<void>): Promise<void> {
    this.wanted += 1;
    if (this.wanted > 1) return;
    while (this.wanted > 0) {
      const begun = this.wanted;
      try {
        await this.synthesizeStack();
        await takeOn();
      } catch (error) {
        // A synthesis that met a bundle in the making is repeated anyway.
        if (this.wanted === begun) console.error((error as Error).message);
      }
      this.wanted -= begun;
    }
  }

  /** The old bundle stays until the new one is complete. */
  private async rebuild(name: string): Promise<void> {
    const [bundle, next] = [join(this.app.bundles, name), join(this.app.bundles, `.${name}`)];
    rmSync(next, { recursive: true, force: true });
    this.metafiles[name] = await buildFunction(name, next, MAPPED);
    if (existsSync(bundle)) rmSync(bundle, { recursive: true });
    renameSync(next, bundle);
  }

  private synthesizeStack(): Promise<void> {
    return synthesize(this.app.assembly, this.app.bundles, IN_PLACE);
  }
}

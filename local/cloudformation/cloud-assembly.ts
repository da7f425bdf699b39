import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DEFAULT_ENVIRONMENT, type Environment } from '../aws/environment';
import { StackArtifact } from './stack-artifact';

interface Artifact {
  readonly type: string;
  /** Such as `aws://111122223333/eu-west-1`. */
  readonly environment?: string;
  readonly displayName?: string;
  readonly dependencies?: readonly string[];
  readonly properties?: { templateFile?: string; stackName?: string; directoryName?: string };
}

interface Manifest {
  readonly artifacts?: Record<string, Artifact>;
}

/**
 * A synthesized CDK app (`cdk.out`): its stacks, and those of its stages, each after the ones that it depends on.
 *
 * @see https://docs.aws.amazon.com/cdk/v2/guide/deploy.html#deploy-how-synth-assemblies
 */
export class CloudAssembly {
  readonly stacks: readonly StackArtifact[];

  /**
   * @param chosen the name, id or path (`Prod/Shop`) of a stack. Only this stack and those that it depends on are taken.
   * @throws Error if the directory has no synthesized app, or the app has no such stack.
   */
  constructor(directory: string, chosen?: string) {
    if (!existsSync(join(directory, 'manifest.json')))
      throw new Error(`no synthesized app in ${directory}: run \`npx cdk synth\` first`);
    const all = inDependencyOrder(stacksIn(directory));
    if (all.length === 0) throw new Error(`the app in ${directory} has no stack`);
    this.stacks = chosen === undefined ? all : narrowed(all, chosen);
  }
}

function stacksIn(directory: string): StackArtifact[] {
  const { artifacts = {} } = JSON.parse(readFileSync(join(directory, 'manifest.json'), 'utf8')) as Manifest;
  return Object.entries(artifacts).flatMap(([id, artifact]) => {
    const { type, properties = {}, dependencies = [], displayName = id } = artifact;
    if (type === 'cdk:cloud-assembly') return stacksIn(join(directory, properties.directoryName ?? id));
    if (type !== 'aws:cloudformation:stack') return [];
    const { stackName = id, templateFile = `${id}.template.json` } = properties;
    const environment = environmentIn(artifact.environment);
    return [
      new StackArtifact({ id, displayName, stackName, environment, dependencies, directory, templateFile }),
    ];
  });
}

/** An account or region that the app leaves open is written `unknown-…`. */
function environmentIn(url = ''): Environment {
  const [, account = '', region = ''] = /^aws:\/\/([^/]+)\/(.+)$/.exec(url) ?? [];
  return {
    account: /^\d{12}$/.test(account) ? account : DEFAULT_ENVIRONMENT.account,
    region: region && region !== 'unknown-region' ? region : DEFAULT_ENVIRONMENT.region,
  };
}

/** CDK has refused circles already. */
function inDependencyOrder(stacks: readonly StackArtifact[]): StackArtifact[] {
  const ordered = new Set<StackArtifact>();
  const add = (stack: StackArtifact): void => {
    for (const other of stacks) if (stack.dependencies.includes(other.id) && !ordered.has(other)) add(other);
    ordered.add(stack);
  };
  for (const stack of stacks) add(stack);
  return [...ordered];
}

function narrowed(stacks: readonly StackArtifact[], chosen: string): StackArtifact[] {
  const needed = new Set([chosenOf(stacks, chosen)]);
  for (const { dependencies } of needed)
    for (const other of stacks) if (dependencies.includes(other.id)) needed.add(other);
  return stacks.filter((other) => needed.has(other));
}

/** An id or a path stands for one stack; a name may stand for several. */
function chosenOf(stacks: readonly StackArtifact[], chosen: string): StackArtifact {
  const known = stacks.find(({ id, displayName }) => [displayName, id].includes(chosen));
  const named = stacks.filter(({ stackName }) => stackName === chosen);
  const [stack, ...others] = known ? [known] : named;
  const pathsOf = (of: readonly StackArtifact[]) => of.map(({ displayName }) => displayName).join(', ');
  if (!stack) throw new Error(`the app has no stack ${chosen}: choose one of ${pathsOf(stacks)}`);
  if (others.length === 0) return stack;
  throw new Error(`${named.length} stacks have the name ${chosen}: choose one of ${pathsOf(named)}`);
}

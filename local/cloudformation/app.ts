import type { Environment } from '../aws/environment';
import type { ResourceType } from '../aws/resource-type';
import type { CloudAssembly } from './cloud-assembly';
import { storedValue } from './parameter-store';
import { Stack } from './stack';
import type { StackArtifact } from './stack-artifact';

/** The stacks of an app, in the order of their deployment, with what they take from each other. */
export class App {
  readonly stacks: readonly Stack[];

  /** @param typeOf the type of a resource, by its name in templates. */
  constructor(assembly: CloudAssembly, port: number, typeOf: (type: string) => ResourceType<never>) {
    const shared = {
      port,
      labelOf: (artifact: StackArtifact) => labelIn(assembly, artifact),
      typeOf,
      importValue: (name: string, environment: Environment) => this.importValue(name, environment),
      stored: (parameterName: string, environment: Environment) =>
        storedValue(this.withNested(), parameterName, environment),
    };
    this.stacks = assembly.stacks.map((artifact) => new Stack(artifact, shared));
  }

  /** Every stack, with those that are nested. */
  withNested(): Stack[] {
    return this.stacks.flatMap((stack) => stack.withNested());
  }

  /** Exports belong to an account and a region. */
  private importValue(name: string, { account, region }: Environment): unknown {
    for (const { artifact, template, values } of this.withNested()) {
      if (artifact.environment.account !== account || artifact.environment.region !== region) continue;
      const outputs = Object.values(template.Outputs ?? {});
      const exported = outputs.find(({ Export }) => Export && values.resolve(Export.Name) === name);
      if (exported) return values.resolve(exported.Value);
    }
    throw new Error(
      `no stack exports ${name}: the local cloud imports only from stacks of the app, in the same account and region`,
    );
  }
}

function labelIn({ stacks }: CloudAssembly, { stackName, displayName }: StackArtifact): string {
  const isShared = stacks.filter((other) => other.stackName === stackName).length > 1;
  return isShared ? displayName : stackName;
}

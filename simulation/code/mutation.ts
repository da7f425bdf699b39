import type { App } from '../app/app';

/** A fault that is put into the code or into a definition, to see whether the simulation finds it. */
export interface Mutation {
  /** The path of the source, from the root of the project. */
  readonly file: string;
  readonly from: string;
  readonly to: string;
}

/** @throws Error for a mutation whose text is not in the source, or is there twice. */
export function mutated(source: string, { file, from, to }: Mutation): string {
  const parts = source.split(from);
  if (parts.length === 2) return parts.join(to);
  throw new Error(`the mutation of ${file} must find its text once, not ${parts.length - 1} times: ${from}`);
}

/** The app with mutations in its onboarding definition; by default, the template has the text of the file. */
export function withMutatedDefinition(app: App, mutations: readonly Mutation[]): App {
  return {
    resources: app.resources.map((resource) => {
      const { DefinitionString } = resource.properties;
      if (typeof DefinitionString !== 'string' || !DefinitionString.includes('"ParkUser"')) return resource;
      const properties = {
        ...resource.properties,
        DefinitionString: mutations.reduce(mutated, DefinitionString),
      };
      return { ...resource, properties };
    }),
  };
}

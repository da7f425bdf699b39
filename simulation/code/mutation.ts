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

/** A state by which the definition of a file is found in a template. */
const STATES: Readonly<Record<string, string>> = {
  'state-machines/onboarding.asl.json': 'ParkUser',
  'state-machines/reconciliation.asl.json': 'CheckTrigger',
};

/** The app with mutations in its definitions, where the template has the text of the file. */
export function withMutatedDefinition(app: App, mutations: readonly Mutation[]): App {
  return { ...app, resources: mutations.reduce(withMutation, app.resources) };
}

function withMutation(resources: App['resources'], mutation: Mutation): App['resources'] {
  return resources.map((resource) => {
    const { DefinitionString } = resource.properties;
    const isOfFile = String(DefinitionString).includes(`"${STATES[mutation.file]}": {`);
    if (!isOfFile) return resource;
    const properties = {
      ...resource.properties,
      DefinitionString: mutated(String(DefinitionString), mutation),
    };
    return { ...resource, properties };
  });
}

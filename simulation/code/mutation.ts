/** A fault that is put into the code, to see whether the simulation finds it. */
export interface Mutation {
  /** The path of the source, from the root of the project. */
  readonly file: string;
  readonly from: string;
  readonly to: string;
}

/** @throws Error for a mutation whose text is not in the source, or is there twice. */
export function mutated(source: string, { file, from, to }: Mutation): string {
  const parts = source.split(from);
  if (parts.length !== 2) {
    throw new Error(
      `the mutation of ${file} must find its text once, not ${parts.length - 1} times: ${from}`,
    );
  }
  return parts.join(to);
}

/** The part of a state that says where it leads. */
interface State {
  readonly Type: string;
  readonly Default?: string;
  readonly Choices?: readonly { readonly Next: string }[];
}

interface Definition {
  readonly States: Readonly<Record<string, State>>;
}

/** The branches of a state of the type `Choice`, by their names, each with the state that it leads to. */
export function branchesOf(name: string, { Choices = [], Default }: State): Record<string, string> {
  const choices = Choices.map(({ Next }, index) => [`${name}.Choices[${index}] → ${Next}`, Next]);
  const otherwise = Default === undefined ? [] : [[`${name}.Default → ${Default}`, Default]];
  return Object.fromEntries([...choices, ...otherwise]);
}

/**
 * Puts a signpost into each branch: a state that does nothing, and whose name is that of the branch. The
 * interpreter tells which states it enters, but not why, and two branches can lead to the same state.
 */
export function withSignposts<D extends Definition>(definition: D): D {
  const states = Object.entries(definition.States).flatMap(([name, state]) => {
    const signposts = Object.entries(branchesOf(name, state)).map(([branch, Next]) => [
      branch,
      { Type: 'Pass', Next },
    ]);
    return [[name, pointingAtSignposts(name, state)], ...signposts];
  });
  return { ...definition, States: Object.fromEntries(states) };
}

function pointingAtSignposts(name: string, state: State): State {
  const { Choices = [], Default } = state;
  const branches = Object.keys(branchesOf(name, state));
  return {
    ...state,
    ...(Choices.length > 0 && {
      Choices: Choices.map((choice, index) => ({ ...choice, Next: branches[index] as string })),
    }),
    ...(Default !== undefined && { Default: branches[Choices.length] as string }),
  };
}

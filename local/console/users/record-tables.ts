import type { ConsoleServices } from '../shared/context';

/** A definition, with the fields by which the table is found. */
interface Definition {
  readonly States: { readonly PutUserRecord?: { readonly Parameters?: { readonly FunctionName?: unknown } } };
}

/** The tables into which the app's onboardings put their records; none if the app has no onboarding. */
export function recordTables({
  lambda,
  stepFunctions,
}: Pick<ConsoleServices, 'lambda' | 'stepFunctions'>): string[] {
  const names = stepFunctions.stateMachines.flatMap(({ definition }) => {
    const { States } = JSON.parse(definition) as Definition;
    const { FunctionName } = States.PutUserRecord?.Parameters ?? {};
    return typeof FunctionName === 'string' ? (lambda.variablesOf(FunctionName).TABLE_NAME ?? []) : [];
  });
  return [...new Set(names)];
}

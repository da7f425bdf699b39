import type { ConsoleServices } from '../shared/context';

/** A definition, with the fields by which the table is found. */
interface Definition {
  readonly States: { readonly PutUserRecord?: { readonly Parameters?: { readonly FunctionName?: unknown } } };
}

type Variables = Readonly<Record<string, string | undefined>>;

/** Where the app's onboardings put their records, and how they mark them. */
export interface RecordTables {
  /** None if the app has no onboarding. */
  readonly tableNames: readonly string[];
  /** The attributes that mark a record whose event is still to be published. */
  readonly eventPendingAttributes: readonly string[];
}

export function recordTables({
  lambda,
  stepFunctions,
}: Pick<ConsoleServices, 'lambda' | 'stepFunctions'>): RecordTables {
  const variables = stepFunctions.stateMachines.map(({ definition }): Variables => {
    const { States } = JSON.parse(definition) as Definition;
    const { FunctionName } = States.PutUserRecord?.Parameters ?? {};
    return typeof FunctionName === 'string' ? lambda.variablesOf(FunctionName) : {};
  });
  const valuesOf = (name: string) => [...new Set(variables.flatMap((all) => all[name] ?? []))];
  return {
    tableNames: valuesOf('TABLE_NAME'),
    eventPendingAttributes: valuesOf('EVENT_PENDING_ATTRIBUTE'),
  };
}

import { type App, resourcesOf } from '../app/app';
import type { GroupRule } from '../models/user';

/** What an app promises besides a record. */
export interface Features {
  readonly groupRule: GroupRule;
  /** The name of the table with the records. */
  readonly recordTable: string;
  /** The name of the table with the tenants, if the app has a step that creates them. */
  readonly tenantTable?: string;
  /** Whether an event follows each record. */
  readonly publishesEvents: boolean;
  /** Whether a reconciliation sets a trigger again that is gone. */
  readonly reattaches: boolean;
}

interface FunctionProperties {
  readonly Environment?: { readonly Variables?: Readonly<Record<string, string>> };
}

export function featuresOf(app: App): Features {
  const variable = (name: string, functionName: string) => {
    const functions = resourcesOf<FunctionProperties>(app, 'AWS::Lambda::Function');
    const named = functions.find(({ logicalId }) => logicalId.includes(functionName));
    return named?.properties.Environment?.Variables?.[name];
  };
  return {
    groupRule: JSON.parse(variable('GROUP_RULE', 'AddUserToGroupFunction') as string),
    recordTable: variable('TABLE_NAME', 'PutUserRecordFunction') as string,
    tenantTable: variable('TENANTS', 'CreateTenantFunction'),
    publishesEvents: resourcesOf(app, 'AWS::Events::EventBus').length > 0,
    reattaches: resourcesOf(app, 'Custom::PostConfirmationTrigger').length > 0,
  };
}

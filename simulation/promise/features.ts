import { type App, resourcesOf } from '../app/app';
import type { StateMachineProperties } from '../models/step-functions';
import type { GroupRule } from '../models/user';

/** What an app promises besides a record. */
export interface Features {
  /** How a user's group is chosen. @default - there are no groups */
  readonly groupRule?: GroupRule;
  /** The name of the table with the records. */
  readonly recordTable: string;
  /** The name of the table with the tenants, if the app has a step that creates them. */
  readonly tenantTable?: string;
  /** Whether an event follows each record. */
  readonly publishesEvents: boolean;
  /** Whether a reconciliation sets a trigger again that is gone. */
  readonly reattaches: boolean;
  readonly times: WorkingTimes;
}

/** How long the senders of messages may work, in ms: the time-outs of the template. */
export interface WorkingTimes {
  /** The trigger. */
  readonly trigger: number;
  /** An execution of the onboarding. */
  readonly execution: number;
  /** The function that reconciles a page. */
  readonly page: number;
}

interface FunctionProperties {
  readonly Timeout: number;
  readonly Environment?: { readonly Variables?: Readonly<Record<string, string>> };
}

export function featuresOf(app: App): Features {
  const functionNamed = (name: string) =>
    resourcesOf<FunctionProperties>(app, 'AWS::Lambda::Function').find(({ logicalId }) =>
      logicalId.includes(name),
    )?.properties;
  const variable = (name: string, functionName: string) =>
    functionNamed(functionName)?.Environment?.Variables?.[name];
  const timeOutOf = (name: string) => 1000 * (functionNamed(name)?.Timeout as number);
  const groupRule = variable('GROUP_RULE', 'AddUserToGroupFunction');
  return {
    ...(groupRule && { groupRule: JSON.parse(groupRule) }),
    recordTable: variable('TABLE_NAME', 'PutUserRecordFunction') as string,
    tenantTable: variable('TENANTS', 'CreateTenantFunction'),
    publishesEvents: resourcesOf(app, 'AWS::Events::EventBus').length > 0,
    reattaches: resourcesOf(app, 'Custom::PostConfirmationTrigger').length > 0,
    times: {
      trigger: timeOutOf('PostConfirmationFunction'),
      execution: executionTimeOf(app),
      page: timeOutOf('ReconcileUsersFunction'),
    },
  };
}

function executionTimeOf(app: App): number {
  const machines = resourcesOf<StateMachineProperties>(app, 'AWS::StepFunctions::StateMachine');
  const onboarding = machines.find(({ properties }) => properties.StateMachineType === 'EXPRESS');
  return 1000 * JSON.parse(onboarding?.properties.DefinitionString as string).TimeoutSeconds;
}

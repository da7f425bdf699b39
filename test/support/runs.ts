import type { Execution } from '../../local/step-functions/execution';
import { StepFunctions } from '../../local/step-functions/step-functions';
import { ROLE_SESSION } from './role-session';

type Definition = Record<string, unknown>;

const STATE_MACHINE_ARN = 'arn:aws:states:us-east-1:000000000000:stateMachine:Machine';

/** A task that calls the function with its own name. */
export function task(name: string, rest: Definition = { End: true }) {
  return {
    Type: 'Task',
    Resource: 'arn:aws:states:::lambda:invoke',
    Parameters: { FunctionName: name },
    ...rest,
  };
}

/** An Express state machine with the given functions, which may throw. */
export function stepFunctionsWith(
  definition: Definition,
  functions: Record<string, () => unknown> = {},
  onChange: () => void = () => {},
): StepFunctions {
  const invoke = async ({ FunctionName }: { FunctionName: string }) => functions[FunctionName]?.() ?? {};
  const stepFunctions = new StepFunctions({ 'arn:aws:states:::lambda:invoke': invoke }, onChange);
  const properties = {
    DefinitionString: JSON.stringify(definition),
    StateMachineType: 'EXPRESS',
    RoleArn: '',
  } as const;
  stepFunctions.createStateMachine(STATE_MACHINE_ARN, properties, ROLE_SESSION);
  return stepFunctions;
}

/** Runs the state machine and waits for its end. */
export async function runOf(stepFunctions: StepFunctions, input: unknown = {}): Promise<Execution> {
  const call = {
    action: 'StartSyncExecution',
    input: { stateMachineArn: STATE_MACHINE_ARN, input: JSON.stringify(input) },
  };
  const { body } = await stepFunctions.call(call);
  return stepFunctions.findExecution(JSON.parse(body).executionArn) as Execution;
}

import type { Template } from '../../local/aws/template';
import type { CloudAssembly } from '../../local/cloudformation/cloud-assembly';

/** In s: no machine is so busy that it needs longer. */
const LONG = 600;

/** In s, the longest that SQS allows: even at a hundredth of it, no message comes back by itself. */
const LONGEST_VISIBILITY = 43_200;

/** In ms, as long as `LONG`. */
export const PATIENCE = LONG * 1_000;

/**
 * Gives the functions, the state machines and the queues of an app so much time that what happens does not
 * depend on how busy the machine is. The time-outs of the functions' SDK clients stay: they are in the bundles.
 */
export function withPatience(assembly: CloudAssembly): CloudAssembly {
  for (const { template } of assembly.stacks) extend(template);
  return assembly;
}

function extend({ Resources }: Template): void {
  for (const { Type, Properties = {} } of Object.values(Resources)) {
    if (Type === 'AWS::Lambda::Function') extendFunction(Properties);
    if (Type === 'AWS::SQS::Queue' && 'VisibilityTimeout' in Properties)
      Properties.VisibilityTimeout = LONGEST_VISIBILITY;
    if (Type === 'AWS::StepFunctions::StateMachine') extendStates(Properties);
  }
}

function extendFunction(properties: Record<string, unknown>): void {
  const { Variables = {} } = (properties.Environment ?? {}) as { Variables?: Record<string, unknown> };
  if ('EXECUTION_TIME' in Variables) Variables.EXECUTION_TIME = String(PATIENCE);
  properties.Timeout = LONG;
}

/** The definition is text, or an intrinsic function with parts of the text. */
function extendStates(properties: Record<string, unknown>): void {
  const extended = JSON.stringify(properties.DefinitionString, (_, value: unknown) => {
    return typeof value === 'string' ? value.replace(/("TimeoutSeconds":\s*)\d+/g, `$1${LONG}`) : value;
  });
  if (extended !== undefined) properties.DefinitionString = JSON.parse(extended);
}

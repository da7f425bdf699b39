import { readFileSync } from 'node:fs';
import * as v from 'valibot';

const json = <Schema extends v.GenericSchema>(schema: Schema) =>
  v.pipe(
    v.string(),
    v.rawTransform(({ dataset, NEVER, addIssue }) => {
      try {
        return JSON.parse(dataset.value) as unknown;
      } catch {
        addIssue({ message: 'not JSON' });
        return NEVER;
      }
    }),
    schema,
  );

const OutputsSchema = v.object({
  UserPoolId: v.string(),
  UserPoolClientId: v.optional(v.string()),
  GroupNames: json(v.array(v.string())),
  GroupRule: v.optional(v.picklist(['name', 'attribute', 'emailDomain'])),
  TableName: v.string(),
  RecordKey: json(v.record(v.string(), v.string())),
  StateMachineArn: v.string(),
  ExecutionLogGroupName: v.optional(v.string()),
  TriggerFunctionName: v.string(),
  TriggerLogGroupName: v.string(),
  RetryFunctionName: v.string(),
  RetryLogGroupName: v.string(),
  RetryQueueUrl: v.string(),
  RetryQueueArn: v.string(),
  DeadLetterQueueUrl: v.string(),
  DeadLetterQueueArn: v.string(),
  ReconciliationStateMachineArn: v.string(),
  ScheduleName: v.string(),
  ScheduleGroupName: v.string(),
  AlarmNames: v.pipe(
    v.string(),
    v.transform((names) => names.split(',')),
  ),
  EventBusName: v.optional(v.string()),
});

/** The outputs of a stack with an onboarding. */
export type Outputs = v.InferOutput<typeof OutputsSchema>;

/** Where a stack is deployed. */
export interface Place {
  readonly partition: string;
  readonly region: string;
  readonly account: string;
}

/** Where the stack of the outputs is deployed. */
export function placeOf({ StateMachineArn }: Outputs): Place {
  const [, partition = '', , region = '', account = ''] = StateMachineArn.split(':');
  return { partition, region, account };
}

/**
 * Reads the outputs of the stack with an onboarding from a file of outputs by stack.
 *
 * @param stackName which stack, if there are several.
 * @throws Error naming the file, and the stack or the outputs that are missing.
 */
export function readOutputs(file: string, stackName?: string): Outputs {
  const stacks = readStacks(file);
  const names = stackName === undefined ? Object.keys(stacks).filter(isOnboarding(stacks)) : [stackName];
  const [name = '', ...others] = names;
  const outputs = stacks[name];
  if (others.length > 0)
    throw new Error(`${file} has several stacks with an onboarding (${names.join(', ')}): add --stack NAME`);
  if (outputs === undefined)
    throw new Error(
      `${file} has no outputs of ${name ? `the stack ${name}` : 'an onboarding: call createOutputs() of your UserOnboarding, and deploy'}`,
    );
  return parseOutputs(outputs, `${file}, stack ${name}`);
}

/** @throws Error naming each output that is missing or wrong. */
export function parseOutputs(outputs: unknown, source: string): Outputs {
  const result = v.safeParse(OutputsSchema, outputs);
  if (result.success) return result.output;
  const problems = result.issues.map((issue) => `${v.getDotPath(issue)} (${issue.message})`);
  throw new Error(`${source}: ${problems.join(', ')}: deploy the stack with this version of the construct`);
}

const StacksSchema = v.record(v.string(), v.record(v.string(), v.string()));

function readStacks(file: string): Record<string, Record<string, string>> {
  try {
    return v.parse(StacksSchema, JSON.parse(readFileSync(file, 'utf8')));
  } catch (error) {
    throw new Error(
      `${file} is not a file of outputs: write it with \`cdk deploy --outputs-file\` (${(error as Error).message})`,
    );
  }
}

function isOnboarding(stacks: Record<string, Record<string, string>>) {
  return (name: string) => 'ReconciliationStateMachineArn' in (stacks[name] ?? {});
}

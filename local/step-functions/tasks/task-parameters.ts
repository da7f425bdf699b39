import '../../aws/promise-with-resolvers';
import { StateMachine as Interpreter } from 'aws-local-stepfunctions';
import { TaskError } from './task';

/** What the interpreter hands to a task whose parameters have paths. */
export interface TaskScope {
  readonly input: unknown;
  readonly context: { readonly Execution: { readonly Input: unknown; readonly StartTime: string } };
}

/** The interpreter sets the time anew in each run. */
const START_TIME = '$$.Execution.StartTime';

const MISSING_PATH = /^Path expression '(.*)' does not point to a value$/s;

/**
 * The parameters of a task, with their paths and intrinsic functions evaluated.
 *
 * The interpreter ends the execution if a path is missing. On AWS, a retrier or a catcher can match that.
 *
 * @throws TaskError States.ParameterPathFailure for a path without a value, States.IntrinsicFailure for an intrinsic
 * function that fails.
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/concepts-error-handling.html
 */
export async function evaluateParameters(template: unknown, { input, context }: TaskScope): Promise<unknown> {
  const { Input, StartTime } = context.Execution;
  const definition = {
    StartAt: 'Input',
    States: {
      Input: { Type: 'Pass', Result: { input }, Next: 'Parameters' },
      Parameters: {
        Type: 'Pass',
        InputPath: '$.input',
        Parameters: withStartTime(template, StartTime),
        End: true,
      },
    },
  };
  const interpreter = new Interpreter(definition as never, { validationOptions: { noValidate: true } });
  try {
    return await interpreter.run(Input as never, { context: context as never }).result;
  } catch (error) {
    throw toTaskError((error as Error).cause as Error, input);
  }
}

function withStartTime(template: unknown, startTime: string): unknown {
  if (typeof template !== 'object' || template === null) return template;
  if (Array.isArray(template)) return template.map((item) => withStartTime(item, startTime));
  const entries = Object.entries(template).map(([key, value]) => {
    return value === START_TIME && key.endsWith('.$')
      ? [key.slice(0, -2), startTime]
      : [key, withStartTime(value, startTime)];
  });
  return Object.fromEntries(entries);
}

function toTaskError({ message }: Error, input: unknown): TaskError {
  const [, path] = MISSING_PATH.exec(message) ?? [];
  if (path === undefined) return new TaskError('States.IntrinsicFailure', message);
  const cause = `The JSONPath '${path}' could not be found in the input '${JSON.stringify(input)}'`;
  return new TaskError('States.ParameterPathFailure', cause);
}

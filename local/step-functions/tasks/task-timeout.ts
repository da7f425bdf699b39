import '../../aws/promise-with-resolvers';
import { StateMachine as Interpreter } from 'aws-local-stepfunctions';

const NEVER_ENDING = {
  StartAt: 'Wait',
  States: { Wait: { Type: 'Task', Resource: 'nothing', TimeoutSeconds: 0.001, End: true } },
};

/**
 * The interpreter's own error for a task that took too long, which `States.TaskFailed` does not match. The package
 * does not export its class, so one task is let time out.
 */
const example = timedOut();

/**
 * Waits for a task for so many seconds, or for as long as it takes.
 *
 * @throws Error `States.Timeout` without a message: on AWS, the cause of a time-out is empty.
 */
export async function within<T>(seconds: number | undefined, task: Promise<T>): Promise<T> {
  if (seconds === undefined) return task;
  const { promise, reject } = Promise.withResolvers<never>();
  const { constructor: TimeoutError } = await example;
  const fail = () => {
    const error: Error = Reflect.construct(TimeoutError, []);
    error.message = '';
    reject(error);
  };
  const timer = setTimeout(fail, seconds * 1000);
  try {
    return await Promise.race([task, promise]);
  } finally {
    clearTimeout(timer);
  }
}

async function timedOut(): Promise<Error> {
  const interpreter = new Interpreter(NEVER_ENDING as never, { validationOptions: { noValidate: true } });
  const overrides = { taskResourceLocalHandlers: { Wait: () => new Promise<never>(() => {}) } };
  const error = await interpreter.run({}, { overrides }).result.catch((failure: Error) => failure.cause);
  if (error instanceof Error && error.name === 'States.Timeout') return error;
  throw new Error(`aws-local-stepfunctions reports a time-out in another way than expected: ${error}`);
}

import '../../local/aws/promise-with-resolvers';

export { StateMachine } from 'aws-local-stepfunctions';

/** An event of an execution, as the interpreter tells it. */
export interface InterpreterEvent {
  readonly type: string;
  readonly state?: { readonly name: string; readonly type: string };
  readonly Error?: string;
  readonly catch?: { readonly catcher: unknown };
}

/** An execution that the interpreter runs. */
export interface InterpreterRun {
  readonly result: Promise<unknown>;
  readonly eventLogs: AsyncIterable<InterpreterEvent>;
  readonly abort: () => void;
}

/** The interpreter, as it is loaded into a process of the simulation. */
export interface Interpreter {
  readonly StateMachine: new (
    definition: unknown,
    options: { readonly validationOptions: { readonly noValidate: boolean } },
  ) => { run: (input: unknown, options: unknown) => InterpreterRun };
}

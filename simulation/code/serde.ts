/** The schema of an operation: its kind, namespace, name, traits, input, and output. */
type OperationSchema = readonly [number, string, string, unknown, unknown, unknown];

interface Operation {
  readonly namespace: string;
  readonly name: string;
  readonly traits: unknown;
  readonly input: unknown;
  readonly output: unknown;
}

interface ClientConfig {
  readonly protocol: {
    readonly setSerdeContext: (config: ClientConfig) => void;
    readonly serializeRequest: (operation: Operation, input: unknown, context: object) => Promise<unknown>;
    readonly deserializeResponse: (
      operation: Operation,
      config: object,
      response: unknown,
    ) => Promise<object>;
  };
}

interface Context {
  readonly __smithy_context: { readonly operationSchema: OperationSchema };
}

interface Args {
  readonly input: unknown;
  readonly response?: unknown;
}

type Handler = (args: Args) => Promise<{ response?: unknown; output?: object }>;

export const serializerMiddlewareOption = { name: 'serializerMiddleware', step: 'serialize' };
export const deserializerMiddlewareOption = { name: 'deserializerMiddleware', step: 'deserialize' };

/** Every service is at the other end of the same network. */
const NO_ENDPOINT = { endpoint: async () => undefined };

/**
 * Takes the place of the middleware with which the SDK writes requests and reads answers. The SDK's protocols
 * do the work; only the copy of the whole configuration that each call would make is left out.
 */
export function getSchemaSerdePlugin(config: ClientConfig) {
  const serialize = (next: Handler, context: Context) => async (args: Args) => {
    const request = await config.protocol.serializeRequest(operationOf(context), args.input, NO_ENDPOINT);
    return next({ ...args, request } as Args);
  };
  const deserialize = (next: Handler, context: Context) => async (args: Args) => {
    const { response } = await next(args);
    const output = await config.protocol.deserializeResponse(operationOf(context), config, response);
    return { response, output };
  };
  return {
    applyToStack: (stack: { add: (middleware: unknown, place: object) => void }) => {
      stack.add(serialize, serializerMiddlewareOption);
      stack.add(deserialize, deserializerMiddlewareOption);
      config.protocol.setSerdeContext(config);
    },
  };
}

function operationOf({ __smithy_context: { operationSchema } }: Context): Operation {
  const [, namespace, name, traits, input, output] = operationSchema;
  return { namespace, name, traits, input, output };
}

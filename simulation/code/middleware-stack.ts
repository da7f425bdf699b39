type Handler = (args: object) => Promise<object>;
type Middleware = (next: Handler, context: object) => Handler;

interface Place {
  readonly name?: string;
  readonly step?: (typeof STEPS)[number];
  readonly priority?: (typeof PRIORITIES)[number];
  readonly relation?: 'before' | 'after';
  readonly toMiddleware?: string;
}

interface Entry extends Place {
  readonly middleware: Middleware;
}

interface Plugin {
  readonly applyToStack: (stack: MiddlewareStack) => void;
}

const STEPS = ['initialize', 'serialize', 'build', 'finalizeRequest', 'deserialize'] as const;
const PRIORITIES = ['high', 'normal', 'low'] as const;

/**
 * What no model looks at: endpoints, credentials, and headers for the log of a service. Together they would
 * take most of the time of a call.
 */
const UNNEEDED: ReadonlySet<string | undefined> = new Set([
  'contentLengthMiddleware',
  'endpointV2Middleware',
  'getUserAgentMiddleware',
  'hostHeaderMiddleware',
  'httpAuthSchemeMiddleware',
  'httpSigningMiddleware',
  'loggerMiddleware',
  'queueUrlMiddleware',
  'recursionDetectionMiddleware',
]);

/**
 * Takes the place of the SDK's list of what is done to a request, in what order. It leaves out what the
 * simulation does not need.
 */
class MiddlewareStack {
  constructor(private readonly entries: Entry[] = []) {}

  readonly add = (middleware: Middleware, place: Place): void => {
    if (UNNEEDED.has(place.name)) return;
    const index = this.entries.findIndex(({ name }) => name !== undefined && name === place.name);
    this.entries.splice(index < 0 ? this.entries.length : index, index < 0 ? 0 : 1, { ...place, middleware });
  };

  readonly addRelativeTo = this.add;

  use(plugin: Plugin): void {
    plugin.applyToStack(this);
  }

  applyToStack(stack: MiddlewareStack): void {
    for (const entry of this.entries) stack.add(entry.middleware, entry);
  }

  concat(from: Plugin): MiddlewareStack {
    const both = new MiddlewareStack([...this.entries]);
    both.use(from);
    return both;
  }

  clone(): MiddlewareStack {
    return new MiddlewareStack([...this.entries]);
  }

  identify(): string[] {
    return this.inOrder().map(({ name = 'anonymous' }) => name);
  }

  resolve(connection: Handler, context: object): Handler {
    return this.inOrder().reduceRight((next, { middleware }) => middleware(next, context), connection);
  }

  /** @throws Error for a middleware next to one that is not there. */
  private inOrder(): Entry[] {
    const order = this.entries
      .filter(({ relation }) => relation === undefined)
      .sort((a, b) => positionOf(a) - positionOf(b));
    for (const entry of this.entries) {
      if (entry.relation === undefined) continue;
      const index = order.findIndex(({ name }) => name === entry.toMiddleware);
      if (index < 0) throw new Error(`${entry.name} needs ${entry.toMiddleware}, which the simulation lacks`);
      order.splice(entry.relation === 'before' ? index : index + 1, 0, entry);
    }
    return order;
  }
}

function positionOf({ step = 'initialize', priority = 'normal' }: Entry): number {
  return STEPS.indexOf(step) * PRIORITIES.length + PRIORITIES.indexOf(priority);
}

export const constructStack = () => new MiddlewareStack();

import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { parseInspected } from './inspected';

/** The options of the command. */
export interface Options {
  /** A synthesized app to run. */
  readonly app?: string;
  /** The one stack to run, with those that it depends on. */
  readonly stack?: string;
  /** Whether to refuse an app with something in it that is not played. */
  readonly strict: boolean;
  readonly once: boolean;
  /** Whether to take on changes of the app. */
  readonly watch: boolean;
  /** The command that makes the app. */
  readonly build?: string;
  /** Whether to print the functions' logs. */
  readonly logs: boolean;
  /** The function, or a part of its name, that a debugger may attach to. */
  readonly inspect?: string;
  readonly port: number;
  readonly outputsFile?: string;
  readonly signUp: boolean;
  /** Who may call the local cloud besides this machine's programs. */
  readonly guests: {
    /** Origins of web pages, in lower case. */
    readonly origins: readonly string[];
    /** Names in the `Host` header, in lower case, with or without a port. */
    readonly hosts: readonly string[];
  };
  readonly help: boolean;
}

/** What the command line may hold. */
export const OPTIONS = {
  app: { type: 'string' },
  stack: { type: 'string' },
  strict: { type: 'boolean', default: false },
  once: { type: 'boolean', default: false },
  watch: { type: 'boolean', default: false },
  build: { type: 'string' },
  logs: { type: 'boolean', default: false },
  inspect: { type: 'string' },
  port: { type: 'string', default: '4566' },
  'outputs-file': { type: 'string' },
  'no-sign-up': { type: 'boolean', default: false },
  'allow-origin': { type: 'string', multiple: true, default: [] as string[] },
  'allow-host': { type: 'string', multiple: true, default: [] as string[] },
  help: { type: 'boolean', default: false },
} as const;

/**
 * The text of `--help`.
 *
 * @param command what comes before the options.
 * @param otherwise what runs without `--app`.
 */
export function helpFor(command: string, otherwise: string): string {
  return `Runs a synthesized CDK app on this machine, and onboards a demo user.

  ${command} [options]

  --app DIR            run the app synthesized in DIR, a cdk.out (${otherwise})
  --stack NAME         run only this stack of the app, such as Shop or Prod/Shop, and those that it depends on
  --strict             refuse an app with resources that the local cloud does not play
  --once               exit after the demo: 0 if the user was onboarded, 1 if not
  --watch              take on changes of the app; users, queues and tables stay
  --build COMMAND      make the app with this command, now and whenever sources change (implies --watch)
  --logs               print what the functions write
  --inspect FUNCTION   let a debugger attach to this function, at port 9229, or PORT as in FUNCTION:PORT
  --port N             listen on port N of 127.0.0.1 (default 4566, 0 for any free one)
  --outputs-file FILE  write the stack's outputs as \`cdk deploy --outputs-file\` does, with LocalEndpoint added
  --allow-origin URL   let web pages of this origin call the local cloud, such as http://localhost:3000 (can be repeated)
  --allow-host NAME    answer to this name as well, as in app.test or app.test:80 (can be repeated)
  --no-sign-up         start without signing up the demo user
  --help               print this text
`;
}

/**
 * Reads the command line.
 *
 * @throws Error that says what is wrong and what to do, for an unknown option or a bad value.
 */
export function parseOptions(args: string[], command = 'npm start --'): Options {
  const { values } = parse(args, command);
  const signUp = !values['no-sign-up'];
  if (values.once && !signUp)
    throw new Error('--once ends after the demo, but --no-sign-up skips the demo: choose one');
  if (values.once && (values.watch || values.build !== undefined))
    throw new Error('--once ends after the demo, but --watch and --build stay: choose one');
  return {
    app: parsePath('--app', values.app),
    stack: parseStack(values.stack),
    strict: values.strict,
    once: values.once,
    watch: values.watch || values.build !== undefined,
    build: parseBuild(values.build),
    logs: values.logs,
    inspect: parseInspect(values.inspect),
    port: parsePort(values.port),
    outputsFile: parsePath('--outputs-file', values['outputs-file']),
    signUp,
    guests: { origins: values['allow-origin'].map(parseOrigin), hosts: values['allow-host'].map(parseHost) },
    help: values.help,
  };
}

/**
 * Without `--` before them, npm takes the options as its own, and leaves a trace in the environment.
 *
 * @throws Error that says where the `--` belongs.
 */
export function assertNotTakenByNpm(env: NodeJS.ProcessEnv): void {
  const taken = Object.keys(OPTIONS).find((name) => {
    return env[`npm_config_${name.replace(/^no-/, '').replaceAll('-', '_')}`] !== undefined;
  });
  if (taken)
    throw new Error(
      `npm took --${taken} as its own option: put -- before it, as in \`npm start -- --${taken}\``,
    );
}

function parse(args: string[], command: string) {
  try {
    return parseArgs({
      args,
      options: OPTIONS,
    });
  } catch (error) {
    throw new Error(`${(error as Error).message.split(/\.? *\n|\. /)[0]}: see \`${command} --help\``);
  }
}

function parsePath(option: string, path: string | undefined): string | undefined {
  if (path === '') throw new Error(`${option} takes a path, but this one is empty`);
  return path === undefined ? undefined : resolve(path);
}

function parseBuild(command: string | undefined): string | undefined {
  if (command?.trim() === '') throw new Error('--build takes a command, but this one is empty');
  return command;
}

function parseInspect(text: string | undefined): string | undefined {
  if (text !== undefined) parseInspected(text);
  return text;
}

function parseStack(name: string | undefined): string | undefined {
  if (name === '') throw new Error('--stack takes the name of a stack, but this one is empty');
  return name;
}

function parsePort(text: string): number {
  const port = Number(text);
  if (/^\d+$/.test(text) && port <= 65_535) return port;
  throw new Error(`--port takes a number from 0 to 65535, not "${text}"`);
}

function parseOrigin(text: string): string {
  if (URL.canParse(text) && new URL(text).origin === text.toLowerCase()) return text.toLowerCase();
  throw new Error(`--allow-origin takes an origin like http://localhost:3000, not "${text}"`);
}

function parseHost(text: string): string {
  if (/^[a-z0-9][a-z0-9.-]*(:\d{1,5})?$/i.test(text)) return text.toLowerCase();
  throw new Error(`--allow-host takes a name like app.test, or with a port app.test:80, not "${text}"`);
}

import { resolve } from 'node:path';
import { parseArgs } from 'node:util';

/** The options of a verification. */
export interface VerifyOptions {
  readonly outputsFile: string;
  readonly stack?: string;
  /** The app client to sign up with, where the outputs name none. */
  readonly clientId?: string;
  /** Attributes for the user to sign up, besides the e-mail address. */
  readonly attributes: Readonly<Record<string, string>>;
  /** How long to wait for each result, in ms. */
  readonly timeLimit: number;
  readonly disturb: boolean;
  readonly record?: string;
  readonly compare?: string;
}

/** The text of `--help`. */
export const HELP = `Verifies a deployed onboarding, with a user of its own, and deletes all that it made.

  verify-onboarding --outputs-file FILE [options]
  npm run verify -- --outputs-file FILE [options]     in the repository of the construct

  --outputs-file FILE     the outputs of the stack, as \`cdk deploy --outputs-file\` or \`npm start\` writes them
  --stack NAME            the stack in that file (default: the only one with an onboarding)
  --client-id ID          the app client to sign up with, if the outputs have no UserPoolClientId
  --attribute NAME=VALUE  an attribute of the user to sign up, such as custom:plan=pro (can be repeated)
  --timeout SECONDS       how long to wait for each result (default 60)
  --disturb               also park a user and heal them: deletes the group for a moment, and needs --yes
  --yes                   agree to that
  --record FILE           write what this cloud answered
  --compare FILE          show where this cloud answers otherwise than a recorded one
  --help                  print this text

It uses your AWS credentials and region. With AWS_ENDPOINT_URL, it verifies the local cloud at that address.
`;

const OPTIONS = {
  'outputs-file': { type: 'string' },
  stack: { type: 'string' },
  'client-id': { type: 'string' },
  attribute: { type: 'string', multiple: true, default: [] as string[] },
  timeout: { type: 'string', default: '60' },
  disturb: { type: 'boolean', default: false },
  yes: { type: 'boolean', default: false },
  record: { type: 'string' },
  compare: { type: 'string' },
  help: { type: 'boolean', default: false },
} as const;

/**
 * Reads the command line.
 *
 * @returns undefined if it asks for help.
 * @throws Error that says what is wrong and what to do.
 */
export function parseVerifyOptions(args: string[]): VerifyOptions | undefined {
  const values = parse(args);
  if (values.help) return undefined;
  const { disturb, yes, stack, 'outputs-file': outputsFile, 'client-id': clientId } = values;
  if (!outputsFile)
    throw new Error('--outputs-file is missing: name the file that `cdk deploy --outputs-file` wrote');
  if (disturb && !yes)
    throw new Error(
      '--disturb deletes the group of the user pool and creates it again: add --yes to agree to that',
    );
  return {
    outputsFile: resolve(outputsFile),
    stack,
    clientId,
    attributes: Object.fromEntries(values.attribute.map(parseAttribute)),
    timeLimit: parseSeconds(values.timeout),
    disturb,
    record: values.record,
    compare: values.compare,
  };
}

function parse(args: string[]) {
  try {
    return parseArgs({ args, options: OPTIONS }).values;
  } catch (error) {
    throw new Error(`${(error as Error).message.split(/\.? *\n|\. /)[0]}: see --help`);
  }
}

function parseAttribute(text: string): [string, string] {
  const [, name = '', value = ''] = /^([^=]+)=(.*)$/s.exec(text) ?? [];
  if (name) return [name, value];
  throw new Error(`--attribute takes NAME=VALUE, such as custom:plan=pro, not "${text}"`);
}

function parseSeconds(text: string): number {
  const seconds = Number(text);
  if (/^\d+(\.\d+)?$/.test(text) && seconds > 0) return seconds * 1_000;
  throw new Error(`--timeout takes a number of seconds above 0, not "${text}"`);
}

import type { CfnFunction, Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';

/** In bytes: https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html */
const MAX_BYTES = 4_096;

/** In bytes: the ARN of a state machine with the longest name, which CloudFormation fills in. */
const BYTES_OF_A_REFERENCE = 142;

/** What an application changes to make a variable shorter. */
const HELD_IN: Readonly<Record<string, string>> = {
  GROUP_RULE: 'the values and names of group',
  RECORD_ATTRIBUTES: 'the templates of record.attributes',
  RECORD_KEY: 'the templates of record.key',
  INDEX_KEYS: "the names of the keys of the table's indexes",
  USER_ATTRIBUTES: 'the Cognito attributes that the record, the group and the steps name',
};

/** Makes synthesis fail if a function has more environment variables than Lambda accepts. */
export function refuseTooLargeEnvironment(lambda: LambdaFunction): void {
  lambda.node.addValidation({ validate: () => objectionTo(lambda) });
}

function objectionTo(lambda: LambdaFunction): string[] {
  const sizes = sizesOf(lambda);
  // The braces, and a comma between two variables.
  const total = sizes.reduce((sum, { bytes }) => sum + bytes + 1, 1);
  if (total <= MAX_BYTES) return [];
  const [largest] = sizes.sort((one, other) => other.bytes - one.bytes);
  const held = HELD_IN[largest?.name ?? ''];
  return [
    `the environment variables of ${lambda.node.path} have ${total} bytes of JSON, and Lambda accepts ` +
      `${MAX_BYTES}: the largest is ${largest?.name} with ${largest?.bytes}` +
      (held ? `, which holds ${held}: make them fewer or shorter` : ''),
  ];
}

function sizesOf(lambda: LambdaFunction): { name: string; bytes: number }[] {
  const resource = lambda.node.defaultChild as CfnFunction;
  const { variables = {} } = lambda.stack.resolve(resource.environment) ?? {};
  return Object.entries(variables).map(([name, value]) => ({
    name,
    bytes: bytesOf(name) + '"":""'.length + bytesOf(value),
  }));
}

/** Lambda measures the variables as JSON, in which a quotation mark of a value takes two bytes. */
function bytesOf(value: unknown): number {
  if (typeof value === 'string') return Buffer.byteLength(JSON.stringify(value)) - '""'.length;
  const join = (value as { 'Fn::Join'?: [string, unknown[]] })['Fn::Join'];
  if (!join) return BYTES_OF_A_REFERENCE;
  return join[1].reduce<number>((sum, part) => sum + bytesOf(part), 0);
}

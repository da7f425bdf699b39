import { type Condition, parseConditions } from './conditions';
import { type Matcher, parsePattern, type RequestContext } from './patterns';
import { parseResource } from './resource-patterns';

/** A request for permission to act on a resource. */
export interface AccessRequest {
  /** Such as `dynamodb:PutItem`. */
  readonly action: string;
  /** An ARN, or `*` for actions without a resource on AWS. */
  readonly resource: string;
  readonly context: RequestContext;
}

/** A policy document as the template has it, with its intrinsic functions resolved. */
export interface PolicyDocument {
  readonly Version?: string;
  readonly Statement?: unknown;
}

/**
 * The smallest part of a policy that can be taken away: a statement's permission for one action on one resource.
 *
 * The lists in `NotAction` and `NotResource` cannot be split.
 */
export interface Statement {
  /** The place and content: policy, position, action and resource. */
  readonly id: string;
  readonly effect: 'Allow' | 'Deny';
  readonly covers: (request: AccessRequest) => boolean;
}

type RawStatement = Record<string, unknown>;

const ELEMENTS = ['Sid', 'Effect', 'Action', 'NotAction', 'Resource', 'NotResource', 'Condition'];

/** The services for whose actions the local cloud asks for permission. */
const ASKED_SERVICES = [
  'cognito-identity',
  'cognito-idp',
  'dynamodb',
  'events',
  'lambda',
  'logs',
  'sqs',
  'states',
  'sts',
  'xray',
];

/**
 * Reads a policy of a role. It may hold anything about services for which nobody asks here.
 *
 * @param where names the role and the policy, for the error message.
 * @throws Error naming the statement, and the part of it that the local cloud does not know.
 */
export function parsePolicy(document: PolicyDocument, where: string): Statement[] {
  return rawStatementsOf(document, where).flatMap((statement, index) => {
    const place = `${where}, statement ${statement.Sid ?? index + 1}`;
    try {
      assertElements(statement, ELEMENTS);
      return split(statement).map((part) => parseStatement(part, place));
    } catch (error) {
      if (isNeverAsked(statement)) return [];
      throw new Error(`${place}: ${(error as Error).message}`);
    }
  });
}

function isNeverAsked({ Action = '*' }: RawStatement): boolean {
  const services = [Action].flat().map((action) => /^([\w-]+):/.exec(String(action))?.[1]?.toLowerCase());
  return services.length > 0 && services.every((service) => service && !ASKED_SERVICES.includes(service));
}

/** @throws Error for any version but that of 2012, the only version with variables. */
export function rawStatementsOf({ Version, Statement }: PolicyDocument, where: string): RawStatement[] {
  if (Version !== '2012-10-17')
    throw new Error(`${where}: the policy's version is ${Version}, not 2012-10-17`);
  return [Statement ?? []].flat() as RawStatement[];
}

export function assertElements(statement: RawStatement, known: readonly string[]): void {
  const unknown = Object.keys(statement).find((element) => !known.includes(element));
  if (unknown) throw new Error(`the local cloud does not know the element ${unknown}`);
  if (statement.Effect === 'Allow' || statement.Effect === 'Deny') return;
  throw new Error(`Effect is Allow or Deny, not ${JSON.stringify(statement.Effect)}`);
}

/** Adds the place to the message of an error. */
export function within<T>(where: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    throw new Error(`${where}: ${(error as Error).message}`);
  }
}

function split(statement: RawStatement): RawStatement[] {
  const byAction = partsOf(statement, 'Action');
  return byAction.flatMap((part) => partsOf(part, 'Resource'));
}

function partsOf(statement: RawStatement, element: string): RawStatement[] {
  assertNotEmpty(statement, element);
  if (!Array.isArray(statement[element])) return [statement];
  return statement[element].map((value) => ({ ...statement, [element]: value }));
}

function parseStatement(statement: RawStatement, place: string): Statement {
  const { Condition: conditionBlock } = statement;
  const effect = statement.Effect as Statement['effect'];
  const coversAction = parseElement(statement, 'Action', parseAction);
  const coversResource = parseElement(statement, 'Resource', parseResource);
  const holds: Condition = parseConditions(conditionBlock);
  const about = ['Action', 'NotAction', 'Resource', 'NotResource']
    .filter((element) => statement[element] !== undefined)
    .map((element) => `${element} ${[statement[element]].flat().join(', ')}`);
  return {
    id: `${place}: ${effect} ${about.join(', ')}`,
    effect,
    covers: ({ action, resource, context }) => {
      return coversAction(action, context) && coversResource(resource, context) && holds(context);
    },
  };
}

/** Reads `Action` or `NotAction`, `Resource` or `NotResource`. */
export function parseElement(
  statement: RawStatement,
  element: string,
  parse: (text: string) => Matcher,
): Matcher {
  for (const name of [element, `Not${element}`]) assertNotEmpty(statement, name);
  const positive = statement[element];
  const negative = statement[`Not${element}`];
  if ((positive === undefined) === (negative === undefined))
    throw new Error(`a statement has either ${element} or Not${element}`);
  const patterns = [positive ?? negative].flat();
  const wrong = patterns.find((pattern) => typeof pattern !== 'string');
  if (wrong !== undefined) throw new Error(`${element} is text, not ${JSON.stringify(wrong)}`);
  const matchers = (patterns as string[]).map(parse);
  const expected = positive !== undefined;
  return (value, context) => matchers.some((matches) => matches(value, context)) === expected;
}

export function parseAction(text: string): Matcher {
  if (text !== '*' && !/^[\w-]+:[\w*?]+$/.test(text)) throw new Error(`"${text}" is not an action`);
  return parsePattern(text, { wildcards: true, ignoreCase: true }, () => false);
}

function assertNotEmpty(statement: RawStatement, element: string): void {
  const value = statement[element];
  if (Array.isArray(value) && value.length === 0)
    throw new Error(`${element} needs at least one value, not an empty list`);
}

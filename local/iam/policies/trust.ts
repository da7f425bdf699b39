import { type Condition, parseConditions } from './conditions';
import type { RequestContext } from './patterns';
import {
  assertElements,
  type PolicyDocument,
  parseAction,
  parseElement,
  rawStatementsOf,
  within,
} from './statements';

/** A request to assume a role, by a service (`lambda.amazonaws.com`) or an identity provider. */
export interface TrustRequest {
  readonly principal: { readonly Service: string } | { readonly Federated: string };
  /** Such as `sts:AssumeRole`. */
  readonly action: string;
  readonly context: RequestContext;
}

/** A statement of a role's trust policy. */
export interface TrustStatement {
  readonly effect: 'Allow' | 'Deny';
  readonly covers: (request: TrustRequest) => boolean;
}

const ELEMENTS = ['Sid', 'Effect', 'Action', 'Principal', 'Condition'];
const PRINCIPALS = ['Service', 'Federated', 'AWS'];

/**
 * Reads the trust policy of a role, which says who may assume the role.
 *
 * @throws Error naming the statement, and the part of it that the local cloud does not know.
 */
export function parseTrustPolicy(document: PolicyDocument, where: string): TrustStatement[] {
  return rawStatementsOf(document, where).map((statement, index) => {
    return within(`${where}, statement ${statement.Sid ?? index + 1}`, () => parseStatement(statement));
  });
}

/** Whether the trust policy of a role allows the request. */
export function isTrusted(trust: readonly TrustStatement[], request: TrustRequest): boolean {
  const covering = trust.filter(({ covers }) => covers(request));
  return covering.length > 0 && covering.every(({ effect }) => effect === 'Allow');
}

function parseStatement(statement: Record<string, unknown>): TrustStatement {
  assertElements(statement, ELEMENTS);
  const effect = statement.Effect as TrustStatement['effect'];
  const coversAction = parseElement(statement, 'Action', parseAction);
  const principals = parsePrincipal(statement.Principal);
  const holds: Condition = parseConditions(statement.Condition);
  return {
    effect,
    covers: ({ principal, action, context }) => {
      const [[kind = '', name] = []] = Object.entries(principal);
      return coversAction(action, context) && principals.has(`${kind} ${name}`) && holds(context);
    },
  };
}

function parsePrincipal(principal: unknown): Set<string> {
  const kinds = typeof principal === 'object' && principal !== null ? Object.entries(principal) : [];
  const unknown = kinds.find(([kind]) => !PRINCIPALS.includes(kind));
  if (kinds.length === 0 || unknown)
    throw new Error(`the local cloud does not know the principal ${JSON.stringify(principal)}`);
  const empty = kinds.find(([, names]) => [names].flat().length === 0);
  if (empty) throw new Error(`Principal needs at least one ${empty[0]}, not an empty list`);
  const wide = kinds.find(([, names]) => [names].flat().some((name) => String(name).includes('*')));
  if (wide)
    throw new Error(`the local cloud does not know wildcards in a principal: ${JSON.stringify(principal)}`);
  return new Set(kinds.flatMap(([kind, names]) => [names].flat().map((name) => `${kind} ${name}`)));
}

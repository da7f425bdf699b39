import type { AccessRequest, Statement } from './statements';

/** The answer to an {@link AccessRequest}, and the statement that decided. Without one, nothing allows it. */
export interface Decision {
  readonly allowed: boolean;
  readonly statement?: Statement;
}

/**
 * Decides as IAM does: a request is allowed if a statement allows it and no statement denies it.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
 */
export function decide(statements: readonly Statement[], request: AccessRequest): Decision {
  const covering = statements.filter(({ covers }) => covers(request));
  const denying = covering.find(({ effect }) => effect === 'Deny');
  const statement = denying ?? covering[0];
  return { allowed: statement?.effect === 'Allow', ...(statement && { statement }) };
}

/** The statements that can be left out without changing the answer to any of these requests. */
export function unusedStatements(
  statements: readonly Statement[],
  requests: readonly AccessRequest[],
): Statement[] {
  return statements.filter((candidate) => {
    const others = statements.filter((statement) => statement !== candidate);
    return requests.every((request) => {
      return decide(others, request).allowed === decide(statements, request).allowed;
    });
  });
}

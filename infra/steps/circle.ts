import { Stack } from 'aws-cdk-lib';
import type { CfnUserPool } from 'aws-cdk-lib/aws-cognito';
import type { Construct } from 'constructs';
import type { OnboardingStep } from './onboarding-step';
import { type ReferenceGraph, referenceGraph, referencesIn } from './references';

/**
 * Makes synthesis fail if a step depends on the user pool of the same stack. The pool depends on its trigger,
 * the trigger on the state machine, and the state machine on the step. CloudFormation refuses such a circle
 * without saying why it is there, and the CDK does not look for it.
 */
export function refuseCircles(
  scope: Construct,
  steps: readonly OnboardingStep[],
  userPool: CfnUserPool,
): void {
  if (steps.length === 0) return;
  scope.node.addValidation({
    validate: () => {
      const stack = Stack.of(scope);
      const graph = referenceGraph(stack);
      const target = String(stack.resolve(userPool.logicalId));
      return steps.flatMap((step) => {
        const starts = referencesIn({ function: stack.resolve(step.function.functionArn) });
        const circle = starts.flatMap((start) => wayTo(target, start.target, graph) ?? [])[0];
        return circle ? [messageFor(step.name, circle, userPool.node.path)] : [];
      });
    },
  });
}

interface Circle {
  /** The path of the construct that refers to the user pool, or to something that needs the user pool. */
  readonly path: string;
  readonly place: string;
}

/** The last reference on a way from a resource to another one, if there is a way. */
function wayTo(target: string, start: string, graph: ReferenceGraph): Circle | undefined {
  const seen = new Set<string>();
  const visit = (logicalId: string): Circle | undefined => {
    const resource = graph.get(logicalId);
    if (!resource || seen.has(logicalId)) return undefined;
    seen.add(logicalId);
    const direct = resource.references.find((reference) => reference.target === target);
    if (direct) return { path: resource.path, place: direct.place };
    for (const reference of resource.references) {
      const found = visit(reference.target);
      if (found) return found;
    }
    return undefined;
  };
  return visit(start);
}

function messageFor(step: string, { path, place }: Circle, userPool: string): string {
  return (
    `the step ${step} depends on the user pool ${userPool}: ${path} refers to it in ${place}. The pool depends ` +
    'on the onboarding, and the onboarding on the step, so CloudFormation would refuse the stack. Let the ' +
    'function take confirmedUser.userPoolId from its input, and give it the permission in an iam.Policy of its ' +
    'own: new Policy(this, …, { statements: […] }).attachToRole(function.role)'
  );
}

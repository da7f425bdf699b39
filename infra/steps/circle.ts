import { type CfnResource, Stack } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { OnboardingStep } from './onboarding-step';
import { type ReferenceGraph, referenceGraph, referencesIn } from './references';

/** The resources of an onboarding that wait for its steps. */
export interface WaitingForSteps {
  readonly stateMachine: CfnResource;
  /** The user pool, if it is of the same stack: it waits for its trigger, which waits for the state machine. */
  readonly userPool?: CfnResource;
}

/**
 * Makes synthesis fail if a step depends on what waits for it: the state machine, the user pool of the same
 * stack, or another resource of the onboarding that needs one of them. CloudFormation refuses such a circle
 * without saying why it is there. The CDK only warns of it (F3004), with logical IDs.
 */
export function refuseCircles(
  scope: Construct,
  steps: readonly OnboardingStep[],
  waiting: WaitingForSteps,
): void {
  if (steps.length === 0) return;
  scope.node.addValidation({
    validate: () => {
      const stack = Stack.of(scope);
      const graph = referenceGraph(stack);
      const targets = waitingIn(scope, graph, waiting);
      return steps.flatMap((step) => {
        const starts = referencesIn({ function: stack.resolve(step.function.functionArn) });
        const circle = starts.flatMap((start) => wayTo(targets, start.target, graph) ?? [])[0];
        return circle ? [messageFor(step.name, circle)] : [];
      });
    },
  });
}

/** The logical IDs of all that waits for the steps. */
function waitingIn(
  scope: Construct,
  graph: ReferenceGraph,
  { stateMachine, userPool }: WaitingForSteps,
): ReadonlySet<string> {
  const { stack } = stateMachine;
  const named = [stateMachine, userPool].flatMap((resource) => resource ?? []);
  const targets = new Set(named.map(({ logicalId }) => String(stack.resolve(logicalId))));
  const own = [...graph].filter(([, { path }]) => path.startsWith(`${scope.node.path}/`));
  const waiting = own.filter(([logicalId]) => wayTo(targets, logicalId, graph));
  return new Set([...targets, ...waiting.map(([logicalId]) => logicalId)]);
}

interface Circle {
  /** The path of the construct that refers to a target. */
  readonly path: string;
  readonly place: string;
  /** The path of the target. */
  readonly target: string;
}

/** The last reference on a way from a resource to one of others, if there is a way. */
function wayTo(targets: ReadonlySet<string>, start: string, graph: ReferenceGraph): Circle | undefined {
  const seen = new Set<string>();
  const visit = (logicalId: string): Circle | undefined => {
    const resource = graph.get(logicalId);
    if (!resource || seen.has(logicalId)) return undefined;
    seen.add(logicalId);
    const direct = resource.references.find(({ target }) => targets.has(target));
    if (direct) {
      const target = graph.get(direct.target)?.path ?? direct.target;
      return { path: resource.path, place: direct.place, target };
    }
    for (const reference of resource.references) {
      const found = visit(reference.target);
      if (found) return found;
    }
    return undefined;
  };
  return visit(start);
}

function messageFor(step: string, { path, place, target }: Circle): string {
  return (
    `the step ${step} depends on ${target}: ${path} refers to it in ${place}. The user pool, its trigger and the ` +
    'state machine depend on the step, so CloudFormation would refuse the stack. Let the function take what it ' +
    'needs from its input, such as confirmedUser.userPoolId, and give it the permission in an iam.Policy of its ' +
    'own: new Policy(this, …, { statements: […] }).attachToRole(function.role)'
  );
}

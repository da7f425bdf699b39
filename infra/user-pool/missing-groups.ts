import { Annotations, Aspects, type Stack } from 'aws-cdk-lib';
import { type CfnUserPool, CfnUserPoolGroup } from 'aws-cdk-lib/aws-cognito';
import type { Construct } from 'constructs';

/**
 * Warns if the stack of a user pool creates the pool but not all of these groups. A group may be created later
 * than the onboarding in the app's code, so the stack is searched when it is synthesized.
 */
export function warnWithoutGroups(scope: Construct, userPool: CfnUserPool, names: readonly string[]): void {
  Aspects.of(scope).add({
    visit(node) {
      if (node !== scope) return;
      const created = groupNamesIn(userPool.stack);
      for (const name of names) if (!created.includes(name)) warn(scope, userPool, name);
    },
  });
}

function warn(scope: Construct, userPool: CfnUserPool, name: string): void {
  Annotations.of(scope).addWarningV2(
    `confirmed-user-onboarding:missingGroup:${name}`,
    `the stack creates the user pool ${userPool.node.path} but no group ${name}: unless something else creates it, ` +
      'the onboarding of its users fails until it is there. Set createGroups to create it here',
  );
}

/** The names that are known at synthesis. */
function groupNamesIn(stack: Stack): unknown[] {
  const groups = stack.node.findAll().filter((node) => CfnUserPoolGroup.isCfnUserPoolGroup(node));
  return groups.map(({ groupName }) => stack.resolve(groupName));
}

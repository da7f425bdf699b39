import type { Construct } from 'constructs';
import { assertSameEnvironment, assertSameRegion } from './settings/same-environment';
import type { UserOnboardingProps } from './user-onboarding-props';

/**
 * Checks the resources that every part of an onboarding may use. The user pool and the table are checked with
 * what else must fit them.
 *
 * @throws Error for a resource that is known to be in another region, or for a key of another account.
 */
export function assertGivenResources(scope: Construct, props: UserOnboardingProps): void {
  const { eventBus, encryptionKey, alarmTopic, noticeTopic, steps = [] } = props;
  if (encryptionKey) {
    const given = { prop: 'encryptionKey', resource: encryptionKey, arn: encryptionKey.keyArn };
    assertSameEnvironment(scope, given);
  }
  // These may be in another account, if their policies let this account use them.
  if (eventBus) assertSameRegion(scope, { prop: 'eventBus', resource: eventBus, arn: eventBus.eventBusArn });
  for (const [prop, topic] of Object.entries({ alarmTopic, noticeTopic })) {
    if (topic) assertSameRegion(scope, { prop, resource: topic, arn: topic.topicArn });
  }
  for (const step of steps) {
    const { name, function: resource } = step;
    assertSameRegion(scope, {
      prop: `the function of the step ${name}`,
      resource,
      arn: resource.functionArn,
    });
  }
}
